-- Events of each workspace by UTC day, type, topic, reason and channel, counted from the ledger. `day` is days since 1970; `topic` is 0
-- and `reason` and `via` are empty where an event names none. `id` is a place in the list: no row is ever deleted.
CREATE TABLE statistic (
  id INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  day INTEGER NOT NULL,
  type TEXT NOT NULL,
  topic INTEGER NOT NULL,
  reason TEXT NOT NULL,
  via TEXT NOT NULL,
  count INTEGER NOT NULL,
  UNIQUE (workspace, day, type, topic, reason, via)
) STRICT;

-- The last event that was counted. What was there before is counted too, a part a minute.
CREATE TABLE statistic_watch (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL
) STRICT;
INSERT INTO statistic_watch (one, seq) VALUES (1, 0);
