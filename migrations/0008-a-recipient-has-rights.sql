-- What recipients may demand about their own data: links that open it, requests with deadlines, and addresses that moved.

-- The laws whose deadlines a workspace keeps, by the names of worker/rights/regime.ts, with a space between two.
ALTER TABLE workspace ADD COLUMN regimes TEXT NOT NULL DEFAULT 'eu';

-- One link that was mailed to open more than a link in a mail ever may, and the outbox of its mail (mail_due_at: when it is to
-- be tried next). kind and state are numbers of worker/rights/link.ts. sealed: whom it is mailed to, encrypted and only as long
-- as it is needed. successor_id: where a correction leads.
CREATE TABLE rights_link (
  ref BLOB PRIMARY KEY CHECK (length(ref) = 11),
  kind INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  topic INTEGER NOT NULL,
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  successor_id BLOB CHECK (length(successor_id) = 12),
  sealed BLOB,
  locale TEXT NOT NULL,
  state INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  expires_at INTEGER,
  closed_at INTEGER,
  mail_due_at INTEGER,
  mail_attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_link_by_address ON rights_link (address_id, requested_at);
CREATE INDEX rights_link_by_successor ON rights_link (successor_id) WHERE successor_id IS NOT NULL;
CREATE INDEX rights_link_by_mail ON rights_link (mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX rights_link_by_time ON rights_link (requested_at);
CREATE INDEX rights_link_with_address ON rights_link (requested_at) WHERE sealed IS NOT NULL;

-- One request of a recipient about their data. right, state and outcome are numbers of worker/rights-request/case.ts.
-- event: the entry that holds what they wrote, sealed. sealed: whom it is about, encrypted, for the sender while it is open.
CREATE TABLE rights_request (
  seq INTEGER PRIMARY KEY,
  ref BLOB NOT NULL UNIQUE CHECK (length(ref) = 11),
  tenant INTEGER NOT NULL,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  right INTEGER NOT NULL,
  state INTEGER NOT NULL,
  outcome INTEGER,
  opened_at INTEGER NOT NULL,
  due_at INTEGER,
  regime TEXT,
  extended_at INTEGER,
  missed_at INTEGER,
  closed_at INTEGER,
  event BLOB NOT NULL CHECK (length(event) = 16),
  sealed BLOB
) STRICT;

CREATE INDEX rights_request_by_workspace ON rights_request (workspace);
CREATE INDEX rights_request_by_address ON rights_request (address_id);
CREATE INDEX rights_request_open ON rights_request (due_at) WHERE state = 1 AND missed_at IS NULL;

-- Whose address became which: what is said by a link to the old one counts for the new one too.
CREATE TABLE succession (
  former_id BLOB NOT NULL CHECK (length(former_id) = 12),
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  tenant INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (former_id, address_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX succession_by_address ON succession (address_id);
