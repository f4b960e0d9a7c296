-- The keys under which a tenant's addresses, recipients' keys and secrets are encrypted, themselves wrapped by a key that is not
-- here. A text sealed under one begins with its generation; one without was sealed under the secret DATA_KEY, by a version that
-- knew no other. The version before this one neither reads nor writes this table, and nothing is sealed under what it holds
-- before an operator asks for it, where there is a DATA_KEY.

CREATE TABLE data_key (
  tenant INTEGER NOT NULL REFERENCES tenant (number),
  generation INTEGER NOT NULL CHECK (generation BETWEEN 1 AND 255),
  wrapped TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, generation)
) STRICT, WITHOUT ROWID;
