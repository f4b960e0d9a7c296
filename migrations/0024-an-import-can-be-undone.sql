-- Which part of the ledger an import wrote, so that its own rows are found again: after the ledger's last event before its first batch,
-- up to the last one after its last batch. NULL in imports from before, whose events do not name them.
ALTER TABLE import ADD COLUMN first_seq INTEGER;
ALTER TABLE import ADD COLUMN last_seq INTEGER;
-- When its undo began, from which moment it adds nothing more, and when that had looked at all of its rows.
ALTER TABLE import ADD COLUMN undone_at INTEGER;
ALTER TABLE import ADD COLUMN undo_ended_at INTEGER;

CREATE INDEX import_by_start ON import (workspace, started_at);
CREATE INDEX import_by_seq ON import (workspace, last_seq);
CREATE INDEX import_undoing ON import (workspace) WHERE undone_at IS NOT NULL AND undo_ended_at IS NULL;
