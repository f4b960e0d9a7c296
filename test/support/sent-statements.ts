import type { Value } from '../../core/write/statement.ts'

/** A statement as it was sent to a server, by either of the two clients. */
export interface Sent {
  sql: string
  args: Value[]
}

interface WireValue {
  type: string
  value?: string | number
  base64?: string
}
interface WireStatement {
  sql?: string
  args?: WireValue[]
}
interface WireRequest {
  type: string
  stmt?: WireStatement
  batch?: { steps: { stmt: WireStatement }[] }
}

/**
 * Runs `act` and returns every statement that it sends. Scripts are left out: they are migrations, and what a restore does to an
 * empty database.
 */
export async function sentBy(act: (sent: readonly Sent[]) => Promise<void>): Promise<Sent[]> {
  const sent: Sent[] = []
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    const text = input instanceof Request ? await input.clone().text() : String(init?.body ?? '')
    if (text.startsWith('{'))
      for (const { stmt, batch } of (JSON.parse(text) as { requests?: WireRequest[] }).requests ?? [])
        for (const { sql, args = [] } of [
          ...(stmt ? [stmt] : []),
          ...(batch?.steps.map(step => step.stmt) ?? []),
        ])
          if (sql) sent.push({ sql, args: args.map(decoded) })
    return fetch(input, init)
  }
  try {
    await act(sent)
  } finally {
    globalThis.fetch = fetch
  }
  return sent
}

const decoded = ({ type, value, base64 }: WireValue): Value =>
  type === 'null'
    ? null
    : type === 'blob'
      ? Buffer.from(base64!, 'base64')
      : type === 'text'
        ? String(value)
        : Number(value)
