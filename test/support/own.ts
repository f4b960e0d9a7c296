/** Which rows of each table belong to a tenant, as SQL. Other tables, such as the platform's suppressions, belong to none. */
export const OWN = {
  tenant: tenant => `number = ${tenant}`,
  workspace: tenant => `tenant = ${tenant}`,
  topic: inWorkspace,
  api_key: inWorkspace,
  notice: inWorkspace,
  brand: inWorkspace,
  link_host: inWorkspace,
  import: inWorkspace,
  inbound_connection: inWorkspace,
  inbound_signature: inWorkspace,
  inbound_refusal: inWorkspace,
  signup_form: inWorkspace,
  statistic: inWorkspace,
  event: ofTenant,
  address: ofTenant,
  data_key: ofTenant,
  recipient_key: ofTenant,
  recipient_choice: ofTenant,
  preference_allowance: ofTenant,
  personal_data_read: ofTenant,
  subscription_request: ofTenant,
  rights_link: ofTenant,
  recipient_mail: ofTenant,
  rights_request: ofTenant,
  succession: ofTenant,
  webhook_endpoint: ofTenant,
  webhook_delivery: tenant => `endpoint IN (SELECT id FROM main.webhook_endpoint WHERE ${ofTenant(tenant)})`,
  subscription: tenant => `topic IN (${topicsOf(tenant)})`,
  // A tenant-wide row names no tenant; its address id, which is unique to the tenant, is in the ledger.
  suppression: tenant => `CASE scope % 4
    WHEN 3 THEN scope / 4 IN (${topicsOf(tenant)})
    WHEN 2 THEN scope / 4 IN (${workspacesOf(tenant)})
    ELSE address_id IN (SELECT address_id FROM main.event WHERE ${ofTenant(tenant)}) END`,
  inbound_report: tenant => `address_id IN (SELECT address_id FROM main.event WHERE ${ofTenant(tenant)})`,
} satisfies Record<string, (tenant: number) => string>

function ofTenant(tenant: number): string {
  return `tenant = ${tenant}`
}

function workspacesOf(tenant: number): string {
  return `SELECT number FROM main.workspace WHERE tenant = ${tenant}`
}

function topicsOf(tenant: number): string {
  return `SELECT number FROM main.topic WHERE workspace IN (${workspacesOf(tenant)})`
}

function inWorkspace(tenant: number): string {
  return `workspace IN (${workspacesOf(tenant)})`
}

/** Returns a statement with a `WITH` clause that limits each table it names to a tenant's rows. */
export function ofOwnRows(tenant: number, statement: string): string {
  // The server takes longer over the clause of all tables than over most statements.
  const named = Object.entries(OWN).filter(([table]) => new RegExp(`\\b${table}\\b`).test(statement))
  if (named.length === 0) return statement
  const limited = named.map(
    ([table, rows]) => `${table} AS (SELECT * FROM main.${table} WHERE ${rows(tenant)})`,
  )
  return `WITH ${limited.join(',\n')} ${statement}`
}
