-- How often one API key read personal data of one kind since the ledger last told of it: the first read of an hour has its event at
-- once, the others are counted here and told together. untold: those that have no event yet.
CREATE TABLE personal_data_read (
  key BLOB NOT NULL,
  workspace INTEGER NOT NULL,
  what TEXT NOT NULL,
  tenant INTEGER NOT NULL,
  told_at INTEGER NOT NULL,
  untold INTEGER NOT NULL,
  PRIMARY KEY (key, workspace, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_data_read_by_time ON personal_data_read (told_at);
