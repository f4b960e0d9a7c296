/**
 * Lookups that need no reason of their own wherever they are made, by table and what they look for: why they lead to few rows. One
 * row or one recipient's rows are few everywhere.
 */
export const BOUNDED: Readonly<Record<string, string>> = {
  'workspace (tenant=?)': 'operators make workspaces, one by one',
  'topic (workspace=?)': 'TOPICS_MAX of a workspace',
  'webhook_endpoint (workspace=?)': 'ENDPOINTS_MAX of a workspace',
  'signup_form (workspace=?)': 'FORMS_MAX of a workspace in use',
  'inbound_connection (workspace=?)': 'one for each provider',
  'data_key (tenant=?)': '255 generations of a tenant',
  'import (workspace=?)': 'imports of a workspace that are being undone, or its newest one',
  'api_key (workspace=? AND expires_at=?)': 'KEYS_MAX of a workspace count',
  'api_key (workspace=? AND expires_at>?)': 'KEYS_MAX of a workspace count',
  'api_key (workspace=? AND created_at>?)': 'KEYS_A_DAY of a workspace',
  'api_key (made_by=?)': 'what one key made',
  'api_key (renewal_of=?)': 'what one key was replaced by',
}

/** Tables that have a row, or as many as a migration gave them. */
export const FIXED: readonly string[] = [
  'lane',
  'key_schedule',
  'number',
  'migration',
  'sqlite_schema',
  'statistic_watch',
  'webhook_watch',
  'job_run',
  'backup',
]

/** Files of plans whose statements are there to read every row, and why. */
export const WHOLE: Readonly<Record<string, string>> = {
  backup: 'a backup holds every row, page by page in the order of the key',
  sealed: 'a rotation seals every text anew, page by page in the order of the key, and counts them all',
}
