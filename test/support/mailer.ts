import { build } from 'esbuild'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Delivery, Mail } from '../../core/mailer.ts'
import { startChild } from '../../local/child.ts'
import { LOCAL, ROOT } from '../../local/folder.ts'

/** A mail with everything that is hard to transport. */
export const MAIL: Mail = {
  from: { name: 'Café "Ölçü" & Söhne', address: 'confirm@north.example' },
  to: 'bob@example.com',
  subject: 'Bitte bestätigen Sie: Möchten Sie Post von „Café Ölçü“? 🎈👩‍👩‍👧',
  text: `.\n..two\n${'long '.repeat(400)}\nمرحبا\n`,
  html: '<p>.</p>\n<p>Grüße 🎈</p>\n',
  messageId: 'ref.confirm@north.example',
  at: Date.UTC(2026, 10, 20, 9, 30),
  headers: {
    'List-Unsubscribe': '<https://floe.example.com/c/token/cancel>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
}

/** The product's mail adapters in workerd, the runtime they are written for. */
export interface TestMailer {
  /** Sends through the transport of a MAIL_URL, with timeouts divided by `pace`. */
  send(mailUrl: string, mail?: Partial<Mail>, pace?: number): Promise<Delivery>
  close(): Promise<void>
}

const ENTRY = `
  import { openMailer } from './worker/mail/open.ts'
  import { parseMailUrl } from './worker/mail/setting.ts'
  const wait = globalThis.setTimeout
  let pace = 1
  globalThis.setTimeout = (act, ms) => wait(act, ms / pace)
  export default {
    async fetch(request) {
      const { mailUrl, mail, pace: given } = await request.json()
      pace = given
      return Response.json(await openMailer(parseMailUrl(mailUrl)).send(mail))
    },
  }`

/** Starts the adapters; `trust` is a file of certificates that the runtime trusts besides public ones. */
export async function openTestMailer(trust?: string): Promise<TestMailer> {
  const bundled = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    external: ['cloudflare:sockets'],
  })
  const child = startChild({
    command: process.execPath,
    args: ['--import', 'tsx', `${ROOT}/test/support/mailer-runtime.ts`],
    cwd: ROOT,
    // The runtime reads it at its start, so each trust file needs a process of its own.
    env: { NODE_EXTRA_CA_CERTS: trust },
    log: `${LOCAL}/test-mailer.log`,
    messages: true,
  })
  child.process.send(bundled.outputFiles[0]!.text)
  const url = await new Promise<string>(resolve => child.process.once('message', resolve as () => void))
  return {
    async send(mailUrl, mail, pace = 1) {
      const body = JSON.stringify({ mailUrl, mail: { ...MAIL, ...mail }, pace })
      return (await (await fetch(url, { method: 'POST', body })).json()) as Delivery
    },
    close: () => child.stop(),
  }
}

/** Serves SMTP with the given options on a free port until `close`. */
export async function openSmtp(options: SMTPServerOptions) {
  const server = new SMTPServer({ hideSTARTTLS: true, authOptional: true, ...options })
  // Aborted connections are asserted on at the client.
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return { port, close: () => new Promise<void>(resolve => server.close(() => resolve())) }
}
