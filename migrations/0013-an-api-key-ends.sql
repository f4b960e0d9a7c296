-- A key may have a name, an end, and the networks it is used from (a JSON list of addresses and CIDR ranges).

ALTER TABLE api_key ADD COLUMN name TEXT;
ALTER TABLE api_key ADD COLUMN expires_at INTEGER;
ALTER TABLE api_key ADD COLUMN allowed_ips TEXT CHECK (json_valid(allowed_ips));
CREATE INDEX api_key_by_workspace ON api_key (workspace, created_at);
