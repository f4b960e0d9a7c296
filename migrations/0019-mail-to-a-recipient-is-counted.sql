-- Whom a sign-up's link was given to: 1 the sender, who mails it, 0 nobody but the recipient. NULL is from before: as Floe is set now.
ALTER TABLE subscription_request ADD COLUMN given_to_sender INTEGER;

-- What was mailed to a recipient for whatever reason, for as long as it is counted: one limit over all of it. ref: whose mail it was.
CREATE TABLE recipient_mail (
  address_id BLOB NOT NULL CHECK (length(address_id) = 12),
  at INTEGER NOT NULL,
  ref BLOB NOT NULL CHECK (length(ref) = 11),
  tenant INTEGER NOT NULL,
  PRIMARY KEY (address_id, at, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_mail_by_time ON recipient_mail (at);
