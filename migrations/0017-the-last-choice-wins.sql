-- When a recipient last said the same again: an undo lifts nothing that was said since. NULL is `at`.
ALTER TABLE suppression ADD COLUMN chosen_at INTEGER;

-- Choices that were made again within the last hour. The ledger is told of the first at once and of those that follow once an hour,
-- by their number, so that nobody can fill a history with clicks.
CREATE TABLE suppression_repeat (
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  scope INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  workspace INTEGER NOT NULL,
  told_at INTEGER NOT NULL,
  untold INTEGER NOT NULL,
  PRIMARY KEY (address_id, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppression_repeat_by_time ON suppression_repeat (told_at);
