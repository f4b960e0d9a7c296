/** What whoever runs a Floe of their own fills in: what these pages say of them has to be true. */
export const OPERATOR = {
  /** Where people write to when something does not work. */
  contact: 'help@floe.example.com',
  /** Who processes personal data for it, by ISO 3166 country and by what they do. */
  companies: [
    { name: 'Cloudflare, Inc.', country: 'US', does: 'edge' },
    { name: 'Turso Database, Inc.', country: 'US', does: 'database' },
    { name: 'Mailgun Technologies, Inc.', country: 'US', does: 'mail' },
  ],
} as const
