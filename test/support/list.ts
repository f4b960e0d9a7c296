import { expect } from 'vitest'
import type { World } from './world.ts'

/** How a list is sent. */
export interface Sending {
  query?: string
  type?: string
  name?: string
  offset?: number
  key?: string
}

/** Sends a list to a call that reads one. */
export const sendList = (
  world: World,
  call: 'import' | 'match',
  body: RequestInit['body'],
  { query = '', type = 'text/csv', name, offset, key }: Sending = {},
): Promise<Response> =>
  world.fetch(`/v1/suppressions/${call}${query}`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${key ?? world.apiKey}`,
      'content-type': type,
      ...(name && { 'idempotency-key': name }),
      ...(offset !== undefined && { 'upload-offset': String(offset) }),
    },
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)

/** Returns the JSON lines of a text. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape.
export const linesIn = (text: string): any[] =>
  text
    .split('\n')
    .filter(line => line)
    .map(line => JSON.parse(line))

/** Sends a list and returns the JSON lines of the whole answer. */
export async function saidOf(...sent: Parameters<typeof sendList>): ReturnType<typeof linesOfAnswer> {
  return linesOfAnswer(await sendList(...sent))
}

async function linesOfAnswer(answer: Response) {
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return linesIn(text)
}

/** Exports a workspace's suppressions. */
export async function exported(world: World, query: string, key = world.apiKey): Promise<string> {
  const answer = await world.fetch(`/v1/suppressions/export${query}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(answer.status).toBe(200)
  return answer.text()
}

/** A body that goes out piece by piece. */
export function slowly() {
  let sent: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      sent = controller
    },
  })
  return {
    body,
    write: (piece: string | Uint8Array) => sent!.enqueue(Buffer.from(piece)),
    close: () => sent!.close(),
    breakOff: () => sent!.error(new Error('the line went dead')),
  }
}

/** A list whose first line, after what is given, never ends: 100 MB of it. */
export function endless(first: string): ReadableStream<Uint8Array> {
  let left = 100
  return new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(Buffer.from(first)),
    pull: controller => (left-- > 0 ? controller.enqueue(Buffer.alloc(1_000_000, 'x')) : controller.close()),
  })
}
