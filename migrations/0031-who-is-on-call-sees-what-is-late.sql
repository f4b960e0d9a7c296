-- When each scheduled job last ended well. Written by the clock itself, at most every five minutes.
CREATE TABLE job_run (
  name TEXT PRIMARY KEY,
  ended_at INTEGER NOT NULL
) STRICT;

-- The moment that the newest backup of each kind is of: a restore of it has nothing later. Written once its file was read back.
CREATE TABLE backup (
  kind TEXT PRIMARY KEY CHECK (kind IN ('whole', 'tail')),
  as_of INTEGER NOT NULL
) STRICT;

-- What is counted each time the metrics are read. Each index lacks what the indexes of other statements have, so that it leads none
-- of them: the engine guesses.
CREATE INDEX rights_request_missed ON rights_request (due_at) WHERE state = 1 AND missed_at IS NOT NULL;
CREATE INDEX webhook_endpoint_stopped ON webhook_endpoint (state) WHERE state > 1;
CREATE INDEX api_key_by_end ON api_key (expires_at) WHERE revoked_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX data_key_by_age ON data_key (made_at);
