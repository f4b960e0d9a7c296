/** The operator's own details, which the public pages state: anybody who runs a Floe must correct them. */
export const OPERATOR = {
  /** Contact for problems. */
  contact: 'help@floe.example.com',
  /** Processors of personal data, with ISO 3166 country and service. */
  companies: [
    { name: 'Cloudflare, Inc.', country: 'US', does: 'edge' },
    { name: 'Turso Database, Inc.', country: 'US', does: 'database' },
    { name: 'Mailgun Technologies, Inc.', country: 'US', does: 'mail' },
  ],
} as const
