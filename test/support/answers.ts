import { afterEach, expect } from 'vitest'

/**
 * Every answer of a Worker that a test reads is held against the reference in its closed form: status, media type and body, with no
 * field that is not written down there. The test that read it fails.
 */
const wrong: string[] = []

const PUBLISHED = /^\/(?:v1|p)\/|^\/\.well-known\/jwks\.json$/
const fetchAnswer = globalThis.fetch

globalThis.fetch = async (to, init) => {
  const answer = await fetchAnswer(to, init)
  const { hostname, pathname } = new URL(to instanceof Request ? to.url : to)
  const method = (init?.method ?? (to instanceof Request ? to.method : 'GET')).toUpperCase()
  const json = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  if (!json || !answer.body || hostname !== '127.0.0.1' || !PUBLISHED.test(pathname)) return answer
  const { documentedCall, flawOfText } = await import('./reference.ts')
  const call = documentedCall(method, pathname)
  if (!call) return answer
  const decoder = new TextDecoder()
  let text = ''
  const held = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        text += decoder.decode(chunk, { stream: true })
        controller.enqueue(chunk)
      },
      flush() {
        const flaw = flawOfText(call, answer, text + decoder.decode())
        if (flaw)
          wrong.push(`${method} ${pathname} is answered with what the reference does not know: ${flaw}`)
      },
    }),
  )
  const { status, statusText, headers, url } = answer
  return Object.defineProperty(new Response(held, { status, statusText, headers }), 'url', { value: url })
}

afterEach(() => {
  expect(wrong.splice(0)).toEqual([])
})
