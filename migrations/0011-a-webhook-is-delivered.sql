-- Where a sender hears of what happens. cursor: the place in the ledger up to which every event was delivered, given up or
-- waits below. due_at: not to be touched before; whoever delivers moves it ahead, and whatever they write holds only while it
-- stands there. state and why it is off are numbers of worker/webhook/endpoint.ts. failures: attempts in a row that met
-- nobody. failing_since: when the first of all attempts since the last success failed.
CREATE TABLE webhook_endpoint (
  id BLOB PRIMARY KEY CHECK (length(id) = 12),
  tenant INTEGER NOT NULL,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  types TEXT NOT NULL CHECK (json_valid(types)),
  secret BLOB NOT NULL,
  old_secret BLOB,
  old_secret_until INTEGER,
  state INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_endpoint_by_workspace ON webhook_endpoint (workspace);
CREATE INDEX webhook_endpoint_due ON webhook_endpoint (due_at) WHERE state = 1;

-- An event that was not delivered when its turn came: it waits for its next attempt (state 1), or was given up (state 2).
CREATE TABLE webhook_delivery (
  endpoint BLOB NOT NULL REFERENCES webhook_endpoint (id),
  seq INTEGER NOT NULL REFERENCES event (seq),
  address_id BLOB CHECK (length(address_id) = 12),
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  first_at INTEGER,
  due_at INTEGER NOT NULL,
  code TEXT,
  PRIMARY KEY (endpoint, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (endpoint, seq) WHERE state = 1;
