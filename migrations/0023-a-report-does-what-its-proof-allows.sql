-- What proves a report: 1 where its provider signs it or shows a key, 0 where it is a mail with a token of ours. NULL, as old rows
-- have it, counts as 0. message: which mail it is about, so that two reports of one mail are told from reports of two.
ALTER TABLE inbound_report ADD COLUMN signed INTEGER;
ALTER TABLE inbound_report ADD COLUMN message BLOB CHECK (length(message) = 16);

-- Whether mail to an address came back before.
CREATE INDEX inbound_report_permanent ON inbound_report (address_id, at) WHERE kind = 2;

-- Signatures that cover no more than themselves, of calls that reported nothing: they are used up all the same.
CREATE TABLE inbound_signature (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  workspace INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_signature_by_time ON inbound_signature (at);

-- Each channel has a permission of its own. A key that could do nothing but report is the one in a provider's configuration, and
-- Postmark alone needs one; any other posts mails, and may be both. What it was called stays for the version that still serves.
UPDATE api_key SET permissions = replace(permissions, '"inbound:write"',
  iif(permissions = '["inbound:write"]', '"inbound:write","inbound:postmark"', '"inbound:write","inbound:message","inbound:postmark"'))
WHERE permissions LIKE '%"inbound:write"%';
