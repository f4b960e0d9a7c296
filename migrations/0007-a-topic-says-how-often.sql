-- How often mail of a topic comes, in the sender's words, for recipients to read. NULL where the sender does not say.

ALTER TABLE topic ADD COLUMN frequency TEXT;
