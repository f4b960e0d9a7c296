import { connect } from 'node:net'

/** A raw answer; the status is undefined where the connection ended without one. */
export interface RawAnswer {
  status: number | undefined
  text: string
}

/**
 * Sends raw bytes in pieces and returns the answer, for requests that no client would send. The connection stays open after
 * the last piece, unless `hangUp`.
 */
export function sendRaw(
  url: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { hangUp = false } = {},
): Promise<RawAnswer> {
  return new Promise(resolve => {
    let text = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', async () => {
      for await (const piece of pieces) {
        if (socket.destroyed) return
        socket.write(piece)
      }
      if (hangUp) socket.destroy()
    })
    const done = () => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]) || undefined, text })
    }
    socket.on('data', data => {
      text += data
      // An answer is complete with its length, or with its last chunk.
      const [head = '', body] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (body !== undefined && (Buffer.byteLength(body) >= length || text.endsWith('\r\n0\r\n\r\n'))) done()
    })
    socket.on('error', done)
    socket.on('close', done)
  })
}
