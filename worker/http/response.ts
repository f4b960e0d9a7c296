import { PAGE_HEADERS } from './headers.ts'

const { 'content-type': _, ...REDIRECT_HEADERS } = PAGE_HEADERS

/** Answers a form with the page that shows what became of it, so that loading that page again sends nothing again. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { ...REDIRECT_HEADERS, location: path } })

/** Returns a body that says what a generator yields, as it is asked for. Whoever stops reading stops the generator. */
export function streamOf<T>(items: AsyncGenerator<T>, text: (item: T) => string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await items.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(text(value)))
    },
    async cancel() {
      await items.return(undefined)
    },
  })
}
