-- Consent: what a recipient was asked, what they said, and until when it counts.

-- Whether mail needs a confirmed consent. A topic without a mode of its own has its workspace's.
ALTER TABLE workspace ADD COLUMN consent TEXT NOT NULL DEFAULT 'opt_out' CHECK (consent IN ('opt_in', 'opt_out'));
ALTER TABLE workspace ADD COLUMN mail_from TEXT;
ALTER TABLE workspace ADD COLUMN confirmations_per_day INTEGER NOT NULL DEFAULT 10000;
ALTER TABLE topic ADD COLUMN consent TEXT CHECK (consent IN ('opt_in', 'opt_out'));

-- The texts that recipients were shown. A published version never changes: consents point to it by its digest.
CREATE TABLE notice (
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  url TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, name, version)
) STRICT, WITHOUT ROWID;

-- How one recipient stands with one topic. state and basis are numbers of worker/subscription/state.ts and worker/consent/basis.ts.
-- until: when the state ends by itself. given_at and basis: the consent it rests on. state_before: what an undo returns to.
CREATE TABLE subscription (
  topic INTEGER NOT NULL REFERENCES topic (number),
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  state INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  basis INTEGER,
  given_at INTEGER,
  state_before INTEGER,
  PRIMARY KEY (topic, address_id)
) STRICT, WITHOUT ROWID;

-- The consents with a term. Requests that run out are found by their own table.
CREATE INDEX subscription_by_end ON subscription (until) WHERE state = 2 AND until IS NOT NULL;

-- One sign-up: what its confirmation link confirms, and the outbox of its mail (mail_due_at: when it is to be tried next).
CREATE TABLE subscription_request (
  ref BLOB PRIMARY KEY CHECK (length(ref) = 11),
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  tenant INTEGER NOT NULL,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  topics TEXT NOT NULL CHECK (json_valid(topics)),
  basis INTEGER NOT NULL,
  notice TEXT NOT NULL,
  notice_version TEXT NOT NULL,
  source_host TEXT NOT NULL,
  locale TEXT NOT NULL,
  state INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  closed_at INTEGER,
  mail_due_at INTEGER,
  mail_attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX subscription_request_by_address ON subscription_request (address_id, requested_at);
CREATE INDEX subscription_request_by_workspace ON subscription_request (workspace, requested_at);
CREATE INDEX subscription_request_by_mail ON subscription_request (mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX subscription_request_open ON subscription_request (requested_at) WHERE state = 1;

-- The key of one recipient's evidence, encrypted under their tenant's. Without it the evidence in the ledger is noise:
-- destroying it is how a person is erased from a ledger that only grows.
CREATE TABLE recipient_key (
  address_id BLOB PRIMARY KEY CHECK (length(address_id) = 12),
  tenant INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
