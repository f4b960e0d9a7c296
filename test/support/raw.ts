import { connect } from 'node:net'

/** What came back on a connection, and whether the other side ended it. */
export interface RawAnswer {
  status: number | undefined
  text: string
}

/**
 * Sends bytes as they are, piece by piece, and returns what is answered: for what no client would send. After the last piece
 * the connection is left open, unless `hangUp` says otherwise.
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
      // An answer of ours is complete with its length, or with its last chunk.
      const [head = '', body] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (body !== undefined && (Buffer.byteLength(body) >= length || text.endsWith('0\r\n\r\n'))) done()
    })
    socket.on('error', done)
    socket.on('close', done)
  })
}
