-- Up to which event the webhooks of all workspaces were looked after: endpoints of a workspace with a later one are due.
CREATE TABLE webhook_watch (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL
) STRICT;
INSERT INTO webhook_watch (one, seq) SELECT 1, coalesce(max(seq), 0) FROM event;

-- The cursor at which an endpoint had nothing left to deliver; while it stands there the endpoint is idle. NULL: it may have something.
-- A cursor that moves ends it, whoever moves it.
ALTER TABLE webhook_endpoint ADD COLUMN idle_cursor INTEGER;
CREATE INDEX webhook_endpoint_busy ON webhook_endpoint (due_at) WHERE state = 1 AND idle_cursor IS NOT cursor;

-- Whose mailbox a mail was sent to.
CREATE INDEX workspace_by_unsubscribe_mailbox ON workspace (unsubscribe_mailbox) WHERE unsubscribe_mailbox IS NOT NULL;
CREATE INDEX workspace_by_feedback_mailbox ON workspace (feedback_mailbox) WHERE feedback_mailbox IS NOT NULL;

-- Refusals that are forgotten after 60 days.
CREATE INDEX inbound_refusal_by_day ON inbound_refusal (day);
