-- Where a workspace's sign-ups may lead back to: https origins, with a space between two. Each page asks it anew, so that an origin
-- taken away is offered no more.

ALTER TABLE workspace ADD COLUMN return_origins TEXT NOT NULL DEFAULT '' CHECK (return_origins NOT GLOB '*[^a-z0-9 :/.-]*');

-- Where the page of a confirmation leads back to; NULL: nowhere.
ALTER TABLE subscription_request ADD COLUMN return_url TEXT;
