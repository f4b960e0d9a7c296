import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A recorded answer, to be audited again without repeating what led to it. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A proxy before the Worker that compresses like Cloudflare and plays back recorded answers. */
export interface Front {
  url: string
  /** Returns a URL that plays back an answer, for tools that cannot press the buttons that led to it. */
  keep(answer: Answer): string
  close(): Promise<void>
}

/** Returns the header fields of an answer by name. */
export function headersOf(answer: Response): Record<string, string> {
  const fields: Record<string, string> = {}
  answer.headers.forEach((value, name) => {
    fields[name] = value
  })
  return fields
}

/** Starts the proxy before a Worker. */
export async function openFront(worker: string): Promise<Front> {
  const kept: Answer[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const [, number] = /^\/kept\/(\d+)$/.exec(path) ?? []
    const answer = number === undefined ? await fetch(`${worker}${path}`, { redirect: 'manual' }) : undefined
    const { headers, body } = kept[Number(number)] ?? {
      headers: headersOf(answer!),
      body: Buffer.from(await answer!.arrayBuffer()),
    }
    const { 'content-length': _, 'transfer-encoding': __, ...rest } = headers
    const compressible = /text|javascript|json|svg|xml/.test(rest['content-type'] ?? '')
    // Recorded answers have status 200, since Lighthouse audits no other.
    response.writeHead(answer?.status ?? 200, {
      ...rest,
      ...(compressible && { 'content-encoding': 'gzip' }),
    })
    response.end(compressible ? gzipSync(body) : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    keep: answer => `${url}/kept/${kept.push(answer) - 1}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
