-- tenant > workspace > topic, and the keys by which senders act in a workspace.
-- Numbers stand in links that are mailed: they are never reused and never move to another parent.

CREATE TABLE tenant (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE workspace (
  number INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant (number),
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  unsubscribe_mailbox TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE topic (
  number INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('marketing', 'transactional')),
  created_at INTEGER NOT NULL,
  UNIQUE (workspace, name)
) STRICT;

CREATE TABLE api_key (
  id BLOB PRIMARY KEY CHECK (length(id) = 8),
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;
