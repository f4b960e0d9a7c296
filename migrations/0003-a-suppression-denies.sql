-- Who may not be mailed. A row reveals nobody: an address id is a keyed hash, unrelated between tenants.
-- One row per reason, so that a complaint and an unsubscribe stand side by side and lifting one leaves the other.
-- scope: 4 x number + kind, kind 1 tenant (number 0: the id is the tenant's own), 2 workspace, 3 topic.
-- reason and source are numbers of worker/suppression/reason.ts and source.ts.

CREATE TABLE suppression (
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  scope INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  source INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (address_id, scope, reason)
) STRICT, WITHOUT ROWID;

-- The platform's own list, by ids under the platform's key. Apart, because it is small: ten thousand look-ups in it
-- stay in a few pages, where in the big table they would cost as much again as the tenant's.
CREATE TABLE platform_suppression (
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  reason INTEGER NOT NULL,
  source INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (address_id, reason)
) STRICT, WITHOUT ROWID;

-- The addresses that must be read again, encrypted. Erasing a row leaves the suppressions working.
CREATE TABLE address (
  address_id BLOB PRIMARY KEY CHECK (length(address_id) = 12),
  tenant INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 0 to 9999: what takes a packed list of ids apart inside one statement (db/suppression.ts).
CREATE TABLE number (i INTEGER PRIMARY KEY) STRICT;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) INSERT INTO number SELECT i FROM n;
