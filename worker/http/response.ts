import { PAGE_HEADERS } from './headers.ts'

const { 'content-type': _, ...REDIRECT_HEADERS } = PAGE_HEADERS

/** Redirects a form's POST to the page that shows its outcome, so that a reload sends nothing again. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { ...REDIRECT_HEADERS, location: path } })

/** Returns a body of the items that a generator yields, one per read. Cancelling the body stops the generator. */
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
