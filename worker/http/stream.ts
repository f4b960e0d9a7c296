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
