import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'

/** A server under TLS on this machine, and its certificate, which nobody trusts by itself. */
export interface TlsServer {
  origin: string
  cert: string
  close(): void
}

/** Starts a server under TLS, whose certificate is for `localhost` and holds from `from` on for so many milliseconds. */
export async function openTls(answer: RequestListener, from: number, forMs: number): Promise<TlsServer> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(from + forMs),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  const server = createServer({ key, cert }, answer)
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `https://localhost:${port}`,
    cert,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
