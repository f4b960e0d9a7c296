-- How far each import has come, by the name its sender gave it: written with every batch, in the batch's own transaction.

CREATE TABLE import (
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  name TEXT NOT NULL,
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  octets INTEGER NOT NULL,
  line INTEGER NOT NULL,
  added INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  done_at INTEGER,
  PRIMARY KEY (workspace, name)
) STRICT, WITHOUT ROWID;
