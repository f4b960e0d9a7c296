-- By which day whatever was erased can be read in no copy of the database: keys are replaced and destroyed on a schedule. One row, from
-- the first run of `npm run keys -- schedule` on. The version before this one neither reads nor writes it.

CREATE TABLE key_schedule (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  every_days INTEGER NOT NULL CHECK (every_days BETWEEN 7 AND 365),
  begun_at INTEGER NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;
