-- A key remembers the key that made it, and the key that replaced itself by it, so that it ends with them. NULL: an operator
-- made it, or it is older than this.

ALTER TABLE api_key ADD COLUMN made_by BLOB CHECK (length(made_by) = 8);
ALTER TABLE api_key ADD COLUMN renewal_of BLOB CHECK (length(renewal_of) = 8);
CREATE INDEX api_key_by_maker ON api_key (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX api_key_by_renewal ON api_key (renewal_of) WHERE renewal_of IS NOT NULL;
CREATE INDEX api_key_not_revoked ON api_key (workspace, expires_at) WHERE revoked_at IS NULL;
