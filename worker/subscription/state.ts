/** How long whoever tries a mail has it alone, in milliseconds. When nothing comes of that, it comes due again. */
export const LEASE_MS = 2 * 60 * 1000
