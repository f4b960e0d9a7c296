/** Which lines are written: failures alone, or every request as well. */
export type LogLevel = 'error' | 'info'
/** Every level there is. */
export const LOG_LEVELS: readonly LogLevel[] = ['error', 'info']

/** One request, as the log has it: no address, no link, no key, not where it came from. */
export interface RequestNote {
  request: string
  /** The route, never the path: paths hold links. */
  operation: string
  status: number
  /** Milliseconds to the head of the answer; of a sender's call, those of them that went to the database and the lane as well. */
  ms: number
  database?: number
  lane?: number
}

/** Returns the line of a request. */
export const requestLine = (note: RequestNote): string =>
  JSON.stringify({ level: note.status >= 500 ? 'error' : 'info', event: 'request', ...note })

/** Returns the line of a failure, with everything that may have come from a sender or recipient taken out. */
export const failureLine = (event: string, error: unknown, request?: string): string =>
  JSON.stringify({ level: 'error', event, request, error: described(error) })

const CAUSES_SHOWN = 3

function described(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return scrubbed(String(error))
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  // What could not be parsed stands in the message: somebody's body, word by word.
  const message = error instanceof SyntaxError ? '' : `: ${scrubbed(error.message)}`
  const cause = error.cause === undefined || depth === CAUSES_SHOWN ? '' : described(error.cause, depth + 1)
  return [`${error.name}${message}`, ...frames, ...(cause ? [`caused by ${cause}`] : [])].join('\n')
}

/** Messages are ours or the database's, and name no data; this is for the one that will: an address, that of a machine, a link, a key or a hash. */
const scrubbed = (text: string): string =>
  text
    .replace(/[^\s<>"'(),;:]+/g, word => (/@|%40/.test(word) ? '…' : word))
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '…')
    .replace(/\b[0-9a-f]{1,4}:[0-9a-f:]*/gi, word => (word.split(':').length > 2 ? '…' : word))
    .replace(/[\w%+/=-]+/g, word => (word.length >= 24 ? '…' : word))
