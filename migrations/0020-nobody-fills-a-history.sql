-- How often somebody, by links of mails, turned mail back on or changed their language at one workspace since `since`: beyond what a
-- day allows nothing more is written, so that whoever got hold of a link can fill no history. Stopping mail is never counted here.
CREATE TABLE preference_allowance (
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  workspace INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  since INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  PRIMARY KEY (address_id, workspace)
) STRICT, WITHOUT ROWID;
CREATE INDEX preference_allowance_by_time ON preference_allowance (since);
