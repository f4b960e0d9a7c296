/**
 * Version of the messages between Workers and the write lane. Both are deployed apart, so for minutes to months one of them is of
 * the version before: a Worker understands its answers, and a lane serves its requests, in the shape of that version.
 *
 * Version 0 names none. A request names its version in the argument that was added to each call with version 1; a lane that
 * does not serve it writes nothing and says which it speaks, so that a newer Worker can ask again in that one.
 */
export const MESSAGE_VERSION = 1

/** An answer of the lane: bare in version 0. */
export type LaneAnswer<T> = T | { version: number; answer: T } | LaneRefusal

/** The answer to a request of an unknown version. */
export interface LaneRefusal {
  version: number
  refused: 'unknown_version'
}

/** The lane speaks a version that this Worker does not know, or does not know the Worker's: the outcome is not known. */
export class UnknownLaneVersion extends Error {
  override readonly name = 'UnknownLaneVersion'
}

/** Answers a request in its version, or refuses it before any of it is done. */
export async function answerIn<T>(
  version: unknown,
  work: () => T | Promise<T>,
  log: (event: 'lane.unknown_version', detail: { version: string }) => void,
): Promise<LaneAnswer<T>> {
  if (version === undefined) return work()
  if (version === MESSAGE_VERSION) return { version, answer: await work() }
  log('lane.unknown_version', { version: String(version) })
  return { version: MESSAGE_VERSION, refused: 'unknown_version' }
}

/** Returns what an answer of this version or the one before says. Throws `UnknownLaneVersion`. */
export function openAnswer<T>(message: LaneAnswer<T>): T {
  if (typeof message !== 'object' || message === null || !('version' in message)) return message as T
  if (message.version === MESSAGE_VERSION && 'answer' in message) return message.answer
  const why = 'refused' in message ? 'refused this Worker’s' : 'answered in its own'
  throw new UnknownLaneVersion(
    `the lane ${why}: it speaks version ${message.version}, this Worker ${MESSAGE_VERSION}`,
  )
}
