import { connect } from 'cloudflare:sockets'
import type { SmtpSetting } from './setting.ts'

/** The longest reply accepted, in characters. */
const REPLY_MAX = 16_384
const REPLY = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\r?\n/

/** An unexpected reply. It holds the code alone, since the text quotes addresses. */
export class UnexpectedReply extends Error {
  constructor(readonly code: number) {
    super(`The mail server answered ${code}`)
  }
}

/** A connection to a mail server, as commands and replies. */
export interface Wire {
  /** Sends a line, if any, and returns the reply. Throws UnexpectedReply for any other code than `wanted`. */
  say(line: string | undefined, wanted: number): Promise<string>
  /** Starts TLS on the connection, once the server agreed. */
  encrypt(): void
  /** Closes the connection without QUIT, to which some servers never reply. Never throws. */
  close(): void
}

/** Opens a connection; the first reply is the first thing awaited. */
export function openWire({ host, port, security }: SmtpSetting): Wire {
  const secureTransport = ({ tls: 'on', starttls: 'starttls', plain: 'off' } as const)[security]
  let socket = connect(
    { hostname: host.replace(/[[\]]/g, ''), port },
    { secureTransport, allowHalfOpen: false },
  )
  // Failures reach the caller through the reader and writer, so these promises must not be unhandled rejections.
  const settle = () => {
    socket.opened.catch(() => undefined)
    socket.closed.catch(() => undefined)
  }
  settle()
  let reader = socket.readable.getReader()
  let writer = socket.writable.getWriter()
  // Latin-1 maps each byte to one character; replies are never shown, and may be in any encoding.
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
      // Bytes before the handshake may be injected by anybody on the way, and must not count as sent under TLS
      // (CVE-2011-0411).
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
