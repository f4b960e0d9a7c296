import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, expect } from 'vitest'

/**
 * Holds every JSON answer of a Worker that a test reads to its end against the reference in its closed form: status, media type and
 * body, refusals included, with no field that is not written down there. The file of the test that read a wrong one fails.
 */
const wrong = once('answers', () => {
  const flaws: string[] = []
  globalThis.fetch = held(globalThis.fetch, flaws)
  return flaws
})

// Not after each test: the runner gives hooks no slot while concurrent tests wait for what others have lent.
afterAll(() => {
  expect(wrong.splice(0)).toEqual([])
})

/** A process runs this file again for every test file: what is set up for all of them is kept. */
function once<T>(name: string, make: () => T): T {
  const kept = globalThis as { [key: symbol]: T | undefined }
  const key = Symbol.for(`floe.${name}`)
  kept[key] ??= make()
  return kept[key]
}

const PUBLISHED = /^\/(?:v1|p)\/|^\/\.well-known\/jwks\.json$/

function held(fetching: typeof fetch, flaws: string[]): typeof fetch {
  return async (to, init) => {
    // The runtime closes a connection that was idle for 5 s, and work of a test may block this process for longer. As any client, it
    // calls only once it has read what came meanwhile: after two turns of its loop it has.
    await turn()
    await turn()
    const answer = await fetching(to, init)
    const { hostname, pathname } = new URL(to instanceof Request ? to.url : to)
    const json = /json\b/.test(answer.headers.get('content-type') ?? '')
    // A server that stands for something else names no request.
    const ours = hostname === '127.0.0.1' && PUBLISHED.test(pathname) && answer.headers.has('x-request-id')
    if (!json || !answer.body || !ours) return answer
    const { documentedCall, flawOfText } = await import('./reference.ts')
    const method = (init?.method ?? (to instanceof Request ? to.method : 'GET')).toUpperCase()
    const call = documentedCall(method, pathname)
    if (!call) return answer
    const decoder = new TextDecoder()
    let text = ''
    const body = answer.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          text += decoder.decode(chunk, { stream: true })
          controller.enqueue(chunk)
        },
        flush() {
          const flaw = flawOfText(call, answer, text + decoder.decode())
          if (flaw)
            flaws.push(`${method} ${pathname} is answered with what the reference does not know: ${flaw}`)
        },
      }),
    )
    const { status, statusText, headers, url } = answer
    return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url })
  }
}
