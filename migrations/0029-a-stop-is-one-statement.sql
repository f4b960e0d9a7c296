-- A recipient's stop, as one row: what is written for it stands here once, and not in each statement that a Worker sends. An insert
-- adds the suppression, or renews it as the last choice in its scope, and ends what it covers. The ledger gets the event `added` where
-- something changed, and otherwise `repeated`; a repetition within the hour after the last is only counted. `left_topic`: the topic
-- whose subscription ends, NULL for every topic of the workspace; `withdrawn_id`: NULL where no subscription ends.
CREATE VIEW stop (address_id, scope, reason, since, until, at, tenant, workspace, actor, subject, told_before, left_topic,
  added_id, added_data, added_leaf, repeated_id, repeated_data, repeated_leaf, withdrawn_id, withdrawn_data, withdrawn_leaf) AS
  SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE FALSE;
CREATE TRIGGER stop_is_written INSTEAD OF INSERT ON stop BEGIN
  INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, sealed, leaf)
    SELECT iif(stands, NEW.repeated_id, NEW.added_id), NEW.at, NEW.tenant, NEW.workspace,
      iif(stands, 'suppression.repeated', 'suppression.added'), NEW.actor, NEW.address_id, NEW.subject,
      iif(stands, NEW.repeated_data, NEW.added_data), NULL, iif(stands, NEW.repeated_leaf, NEW.added_leaf)
    FROM (SELECT EXISTS (SELECT 1 FROM suppression WHERE address_id = NEW.address_id AND scope = NEW.scope AND reason = NEW.reason
      AND source = 1 AND (until IS NULL OR (until > NEW.at AND until >= NEW.until))) AS stands)
    WHERE NOT stands OR NOT EXISTS (SELECT 1 FROM suppression WHERE address_id = NEW.address_id AND scope = NEW.scope
      AND (untold > 0 OR told_at > NEW.told_before));
  -- A slow clock, or an equal millisecond, must not make this choice older than the stored one.
  INSERT INTO suppression (address_id, scope, reason, source, at, until)
    VALUES (NEW.address_id, NEW.scope, NEW.reason, 1, NEW.since, NEW.until)
    ON CONFLICT DO UPDATE SET at = iif(until <= excluded.at, excluded.at, at), source = 1,
      until = iif(until IS NULL OR excluded.until IS NULL, NULL, max(until, excluded.until)),
      chosen_at = iif(until <= excluded.at, NULL, max(excluded.at, coalesce(chosen_at, at) + 1)),
      (told_at, untold) = (SELECT
        CASE last WHEN NEW.added_id THEN told_at WHEN NEW.repeated_id THEN excluded.at ELSE coalesce(told_at, excluded.at) END,
        iif(last IN (NEW.added_id, NEW.repeated_id), untold, coalesce(untold, 0) + 1)
        FROM (SELECT (SELECT id FROM event WHERE id IN (NEW.added_id, NEW.repeated_id)) AS last));
  UPDATE subscription SET state_before = state, state = 3, at = NEW.at
    WHERE topic IN (SELECT NEW.left_topic UNION ALL SELECT number FROM topic WHERE workspace = NEW.workspace AND NEW.left_topic IS NULL)
      AND address_id = NEW.address_id AND state IN (1, 2) AND NEW.withdrawn_id IS NOT NULL;
  INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, sealed, leaf)
    SELECT NEW.withdrawn_id, NEW.at, NEW.tenant, NEW.workspace, 'consent.withdrawn', NEW.actor, NEW.address_id, NEW.subject,
      NEW.withdrawn_data, NULL, NEW.withdrawn_leaf
    WHERE changes() > 0;
END;

-- The same as a Worker posts it: a list in JSON, with bytes in hex, that is taken apart here.
CREATE VIEW posted_stop (place, stop) AS SELECT NULL, NULL WHERE FALSE;
CREATE TRIGGER posted_stop_is_read INSTEAD OF INSERT ON posted_stop BEGIN
  INSERT INTO stop (address_id, added_id, withdrawn_id, scope, reason, since, until, at, tenant, workspace, actor, subject, told_before,
    left_topic, added_data, added_leaf, repeated_id, repeated_data, repeated_leaf, withdrawn_data, withdrawn_leaf)
  SELECT unhex(NEW.stop ->> 0), unhex(NEW.stop ->> 1), unhex(NEW.stop ->> 2), NEW.stop ->> 3, NEW.stop ->> 4, NEW.stop ->> 5,
    NEW.stop ->> 6, NEW.stop ->> 7, NEW.stop ->> 8, NEW.stop ->> 9, NEW.stop ->> 10, NEW.stop ->> 11, NEW.stop ->> 12,
    NEW.stop ->> 13, NEW.stop ->> 14, unhex(NEW.stop ->> 15), unhex(NEW.stop ->> 16), NEW.stop ->> 17, unhex(NEW.stop ->> 18),
    NEW.stop ->> 19, unhex(NEW.stop ->> 20);
END;
