import { connect } from 'cloudflare:sockets'
import type { SmtpSetting } from './setting.ts'

/** No server has more to say in one reply. */
const REPLY_MAX = 16_384
const REPLY = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\r?\n/

/** A reply that was not the wanted one. Holds its code alone: a server's words quote the address. */
export class UnexpectedReply extends Error {
  constructor(readonly code: number) {
    super(`The mail server answered ${code}`)
  }
}

/** A connection to a mail server: one command, one reply. */
export interface Wire {
  /** Sends a line, if any, and returns the reply's text. Throws UnexpectedReply for another code than the wanted one. */
  say(line: string | undefined, wanted: number): Promise<string>
  /** Goes on under TLS, for a server that has just agreed to it. */
  encrypt(): void
  /** Ends the connection without waiting for a farewell, which some servers never send. Never throws. */
  close(): void
}

/** Opens a connection; nothing is awaited until the first reply is. */
export function openWire({ host, port, security }: SmtpSetting): Wire {
  const secureTransport = ({ tls: 'on', starttls: 'starttls', plain: 'off' } as const)[security]
  let socket = connect(
    { hostname: host.replace(/[[\]]/g, ''), port },
    { secureTransport, allowHalfOpen: false },
  )
  // Whoever reads or writes learns of a failure; nobody else need.
  const settle = () => {
    socket.opened.catch(() => undefined)
    socket.closed.catch(() => undefined)
  }
  settle()
  let reader = socket.readable.getReader()
  let writer = socket.writable.getWriter()
  // One byte, one character: a server's words are never shown, and may be in any encoding.
  const decoder = new TextDecoder('latin1')
  const encoder = new TextEncoder()
  let unread = ''

  async function reply(): Promise<{ code: number; text: string }> {
    for (;;) {
      const [text, code] = REPLY.exec(unread) ?? []
      if (text !== undefined) {
        unread = unread.slice(text.length)
        return { code: Number(code), text }
      }
      const { value, done } = await reader.read()
      if (done || unread.length > REPLY_MAX) throw new Error('The mail server left, or talks without end')
      unread += decoder.decode(value as Uint8Array)
    }
  }

  return {
    async say(line, wanted) {
      if (line !== undefined) await writer.write(encoder.encode(`${line}\r\n`))
      const { code, text } = await reply()
      if (code !== wanted) throw new UnexpectedReply(code)
      return text
    },
    encrypt() {
      // Said in plain before the handshake, by anyone on the way: it must not be read as said under TLS (CVE-2011-0411).
      if (unread) throw new Error('The mail server spoke out of turn')
      reader.releaseLock()
      writer.releaseLock()
      socket = socket.startTls({ expectedServerHostname: host })
      settle()
      reader = socket.readable.getReader()
      writer = socket.writable.getWriter()
    },
    close() {
      socket.close().catch(() => undefined)
    },
  }
}
