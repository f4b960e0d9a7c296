-- Where a workspace's sign-ups may lead back to: https origins, with a space between two. Each page asks it anew, so that an origin
-- taken away is offered no more.

ALTER TABLE workspace ADD COLUMN return_origins TEXT NOT NULL DEFAULT '' CHECK (return_origins NOT GLOB '*[^a-z0-9 :/.-]*');

-- Where the page of a confirmation leads back to; NULL: nowhere.
ALTER TABLE subscription_request ADD COLUMN return_url TEXT;

-- Forms for pages of senders. What one asks for and shows never changes, since its sign-ups are evidence of it; it can end. made_by:
-- the key that made it.
CREATE TABLE signup_form (
  ref BLOB PRIMARY KEY CHECK (length(ref) = 11),
  tenant INTEGER NOT NULL REFERENCES tenant (number),
  workspace INTEGER NOT NULL REFERENCES workspace (number),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  made_by BLOB,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX signup_form_in_use ON signup_form (workspace, created_at) WHERE ended_at IS NULL;

-- The form that a sign-up came by; NULL: by none. How many came within a day is counted for each.
ALTER TABLE subscription_request ADD COLUMN form BLOB CHECK (length(form) = 11);
CREATE INDEX subscription_request_by_form ON subscription_request (form, requested_at) WHERE form IS NOT NULL;
