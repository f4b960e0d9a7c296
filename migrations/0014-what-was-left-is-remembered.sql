-- When a recipient last left or refused a topic, kept while they are asked anew and until they confirm: no older link, no
-- sender's record and no silence brings them back. Until now state_before stood for it, without its time, and an undo lost it.

ALTER TABLE subscription ADD COLUMN ended_at INTEGER;
UPDATE subscription SET ended_at = at, state_before = NULL WHERE state_before = 3;
