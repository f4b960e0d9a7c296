/** Writes a line to the log of `floe-lane`. */
export const log = (event: string, detail: Record<string, string | number>): void =>
  console.error(JSON.stringify({ event, ...detail }))
