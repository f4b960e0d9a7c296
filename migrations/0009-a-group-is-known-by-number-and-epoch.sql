-- A number alone does not tell two lanes' groups apart, nor what a primary that lost its last commits has counted anew.
-- epoch: drawn at random by each life of a lane. at: when the group was sent, milliseconds since 1970 UTC; a copy of the
-- database that has the group has everything acknowledged before it.
-- The version before this one writes neither and reads neither.

ALTER TABLE lane ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lane ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

UPDATE lane SET at = unixepoch() * 1000;
