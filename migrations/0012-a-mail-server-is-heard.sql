-- What mail servers and mailbox providers report, and what a workspace's mail says about its sender.

-- Where bounces and complaints are mailed to, a token after a plus sign; and who the footer says is writing, and from where.
ALTER TABLE workspace ADD COLUMN feedback_mailbox TEXT;
ALTER TABLE workspace ADD COLUMN legal_name TEXT;
ALTER TABLE workspace ADD COLUMN postal_address TEXT;

-- A workspace's account at a mail provider: what proves that a call is the provider's. Encrypted under the tenant's key.
CREATE TABLE inbound_connection (
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  provider TEXT NOT NULL CHECK (provider IN ('ses', 'postmark', 'mailgun', 'sendgrid')),
  sealed BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, provider)
) STRICT, WITHOUT ROWID;

-- The reports that were taken, so that each acts once and transient ones can be counted. kind is a number of
-- worker/inbound/report.ts. once: what a signature was made for, where it covers no more than that.
CREATE TABLE inbound_report (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  once BLOB UNIQUE CHECK (length(once) = 16),
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inbound_report_transient ON inbound_report (address_id, at) WHERE kind = 3;
CREATE INDEX inbound_report_by_time ON inbound_report (at);

-- What was not taken: how often, by day, door and reason. Workspace 0: nobody's.
CREATE TABLE inbound_refusal (
  workspace INTEGER NOT NULL,
  day INTEGER NOT NULL,
  door TEXT NOT NULL,
  why TEXT NOT NULL,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_octets INTEGER NOT NULL,
  PRIMARY KEY (workspace, day, door, why)
) STRICT, WITHOUT ROWID;
