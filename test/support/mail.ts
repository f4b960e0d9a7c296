import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMailServer } from '../../local/mail.ts'
import { freePorts } from '../../local/port.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** A mail as its reader has it. */
export interface ReceivedMail {
  /** Whom the envelope named. */
  to: string
  subject: string
  text: string
  html: string
  /** Every octet of the message. */
  source: Buffer
}

/** A real mail server of a test's own, and the inbox behind it. */
export interface TestMail {
  smtp: { host: string; port: number }
  /** Waits until `count` mails have come and returns them. */
  received(count: number): Promise<ReceivedMail[]>
  close(): Promise<void>
}

/** Starts a Floe that mails its confirmations by a mail server on that port. */
export const openMailing = (port: number, options: WorldOptions = {}): Promise<World> =>
  openWorld({
    ...options,
    bindings: { MAIL_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'confirm@north.example' },
  })

/** A Floe whose confirmations go to a real mail server. */
export interface Mailing {
  world: World
  mail: TestMail
}

/** Starts both. */
export async function withMail(
  use: (mailing: Mailing) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const mail = await openTestMail()
  const world = await openMailing(mail.smtp.port, options)
  await use({ world, mail })
  await world.close()
  await mail.close()
}

/** Starts a mail server, on a port of its own choice or on a given one. */
export async function openTestMail(port?: number): Promise<TestMail> {
  const dir = await mkdtemp(`${tmpdir()}/floe-mail-`)
  const [freePort, webPort] = (await freePorts(2)) as [number, number]
  const smtpPort = port ?? freePort
  const server = await startMailServer({ smtpPort, webPort, dir: `${dir}/mail` })
  const listed = async (): Promise<Listed[]> => (await fetch(`${server.inboxUrl}/email`)).json()
  return {
    smtp: server.smtp,
    async received(count) {
      let mails = await listed()
      // The server takes a mail before it has read it.
      while (mails.length < count) {
        await sleep(20)
        mails = await listed()
      }
      return Promise.all(
        mails.map(async ({ id, subject, text, html, envelope }) => {
          const source = await fetch(`${server.inboxUrl}/email/${id}/source`)
          return {
            to: envelope.to[0]!.address,
            subject,
            text,
            html,
            source: Buffer.from(await source.arrayBuffer()),
          }
        }),
      )
    },
    async close() {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

interface Listed {
  id: string
  subject: string
  text: string
  html: string
  envelope: { to: { address: string }[] }
}
