-- What a recipient chose about themselves, wherever mail of the tenant is concerned; apart from what keeps mail away.
-- locale: the language they read in, one of worker/core/locale.ts.
-- sale_opt_out_at: when they said that nobody may sell or share what is known about them, as Sec-GPC does.

CREATE TABLE recipient_choice (
  address_id BLOB PRIMARY KEY CHECK (length(address_id) = 12),
  tenant INTEGER NOT NULL,
  locale TEXT,
  sale_opt_out_at INTEGER
) STRICT, WITHOUT ROWID;
