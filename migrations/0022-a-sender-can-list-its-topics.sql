-- Whoever checks or mints has to name a topic, and may therefore list the topics of their workspace.

UPDATE api_key SET permissions = json_insert(permissions, '$[#]', 'topics:read')
  WHERE EXISTS (SELECT 1 FROM json_each(permissions) WHERE value IN ('addresses:check', 'links:mint'))
    AND NOT EXISTS (SELECT 1 FROM json_each(permissions) WHERE value = 'topics:read');
