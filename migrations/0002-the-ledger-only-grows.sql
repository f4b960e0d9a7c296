-- The truth: what happened, in order. Every other table about recipients is a projection of it.

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  at INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  workspace INTEGER,
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  address_id BLOB CHECK (length(address_id) = 12),
  subject TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  sealed BLOB,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

-- The history of one recipient, and of one tenant. Both are in the order of seq, as every index is.
CREATE INDEX event_by_address ON event (address_id);
CREATE INDEX event_by_tenant ON event (tenant);

CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

-- The number of the last group the write lane committed. A group commits only on top of the one before it,
-- so that a group whose answer was lost is never applied twice and a second lane can write nothing.
CREATE TABLE lane (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  committed INTEGER NOT NULL
) STRICT;

INSERT INTO lane (one, committed) VALUES (1, 0);
