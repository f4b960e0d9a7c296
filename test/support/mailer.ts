import { build } from 'esbuild'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { ROOT } from '../../local/folder.ts'
import type { Delivery, Mail } from '../../worker/mail/mailer.ts'

/** A mail with something of everything that is hard to carry. */
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

/** The mail adapters of the product in workerd, the runtime they are written for. */
export interface TestMailer {
  /** Sends by the way out that a MAIL_URL names. */
  send(mailUrl: string, mail?: Partial<Mail>): Promise<Delivery>
  close(): Promise<void>
}

const ENTRY = `
  import { openMailer } from './worker/mail/open.ts'
  import { parseMailUrl } from './worker/mail/setting.ts'
  export default {
    async fetch(request) {
      const { mailUrl, mail } = await request.json()
      return Response.json(await openMailer(parseMailUrl(mailUrl)).send(mail))
    },
  }`

/** Starts them; `trust` is a file of certificates that the runtime takes for good besides the public ones. */
export async function openTestMailer(trust?: string): Promise<TestMailer> {
  const bundled = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    external: ['cloudflare:sockets'],
  })
  // Read by Miniflare as it is loaded.
  if (trust) process.env['NODE_EXTRA_CA_CERTS'] = trust
  const { Miniflare } = await import('miniflare')
  const miniflare = new Miniflare({
    modules: true,
    script: bundled.outputFiles[0]!.text,
    compatibilityDate: '2026-04-20',
    cf: false,
  })
  return {
    async send(mailUrl, mail) {
      const body = JSON.stringify({ mailUrl, mail: { ...MAIL, ...mail } })
      const answer = await miniflare.dispatchFetch('http://mailer/', { method: 'POST', body })
      return (await answer.json()) as Delivery
    },
    close: () => miniflare.dispose(),
  }
}

/** Serves SMTP with the given manners on a free port until `close`. */
export async function openSmtp(options: SMTPServerOptions) {
  const server = new SMTPServer({ hideSTARTTLS: true, authOptional: true, ...options })
  // What a client leaves half done is the client's affair, and asserted on there.
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return { port, close: () => new Promise<void>(resolve => server.close(() => resolve())) }
}
