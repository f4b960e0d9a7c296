-- How a sender's pages look, and on which host its links stand.

-- One look of a workspace. A row never changes: the address of its style sheet and logo holds its digest, and is kept for ever.
CREATE TABLE brand (
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  digest BLOB NOT NULL CHECK (length(digest) = 8),
  colour TEXT,
  sheet TEXT,
  logo BLOB,
  logo_type TEXT CHECK (logo_type IN ('png', 'webp')),
  logo_width INTEGER,
  logo_height INTEGER,
  postal_address TEXT,
  website TEXT,
  imprint TEXT,
  privacy TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, digest)
) STRICT, WITHOUT ROWID;

-- The look that is shown; the others are previews, or were.
ALTER TABLE workspace ADD COLUMN brand BLOB;

-- Every host a workspace ever had its links on. They stand in mails: a host never comes to belong to somebody else.
CREATE TABLE link_host (
  host TEXT PRIMARY KEY,
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The one on which new links are made; null for the platform's own.
ALTER TABLE workspace ADD COLUMN link_host TEXT;
