/** Lines that are written: failures alone, or every request as well. */
export type LogLevel = 'error' | 'info'
/** All log levels. */
export const LOG_LEVELS: readonly LogLevel[] = ['error', 'info']

/** A request as the log shows it: no address, link, key or IP address. */
export interface RequestNote {
  request: string
  /** The route, never the path: paths hold links. */
  operation: string
  status: number
  /** Milliseconds to the head of the answer; `database` and `lane` are the parts of a sender's call spent there. */
  ms: number
  database?: number
  lane?: number
}

/** Returns the log line of a request. */
export const requestLine = (note: RequestNote): string =>
  JSON.stringify({ level: note.status >= 500 ? 'error' : 'info', event: 'request', ...note })

/** Returns the log line of a failure, without anything that may have come from a sender or recipient. */
export const failureLine = (event: string, error: unknown, request?: string): string =>
  JSON.stringify({ level: 'error', event, request, error: described(error) })

const CAUSES_SHOWN = 3

function described(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return scrubbed(String(error))
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  // The message of a SyntaxError quotes the text that failed to parse, such as somebody's body.
  const message = error instanceof SyntaxError ? '' : `: ${scrubbed(error.message)}`
  const cause = error.cause === undefined || depth === CAUSES_SHOWN ? '' : described(error.cause, depth + 1)
  return [`${error.name}${message}`, ...frames, ...(cause ? [`caused by ${cause}`] : [])].join('\n')
}

/**
 * Removes addresses, IP addresses, links, keys and hashes. Our messages and the database's name no data; this guards against one
 * that does.
 */
const scrubbed = (text: string): string =>
  text
    .replace(/[^\s<>"'(),;:]+/g, word => (/@|%40/.test(word) ? '…' : word))
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '…')
    .replace(/\b[0-9a-f]{1,4}:[0-9a-f:]*/gi, word => (word.split(':').length > 2 ? '…' : word))
    .replace(/[\w%+/=-]+/g, word => (word.length >= 24 ? '…' : word))
