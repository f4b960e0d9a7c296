-- When a recipient last said the same again: an undo lifts nothing that was said since. NULL is `at`.
ALTER TABLE suppression ADD COLUMN chosen_at INTEGER;

-- The ledger is told at once of the first choice that is made again, and of those that follow once an hour, by their number, so that
-- nobody can fill a history with clicks.
ALTER TABLE suppression ADD COLUMN told_at INTEGER;
ALTER TABLE suppression ADD COLUMN untold INTEGER;
CREATE INDEX suppression_untold ON suppression (told_at) WHERE untold > 0;
