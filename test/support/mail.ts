import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMailServer } from '../../local/mail.ts'
import { freePorts } from '../../local/port.ts'
import {
  type Asking,
  type CommonFloe,
  commonFloe,
  type Floe,
  type OwnWorld,
  openFloe,
  openWorld,
  type World,
  type WorldOptions,
  test as worldTest,
} from './world.ts'

/** A mail as its reader gets it. */
export interface ReceivedMail {
  /** Recipient of the envelope. */
  to: string
  subject: string
  text: string
  html: string
  /** The bytes of the message. */
  source: Buffer
}

/** A real mail server of a test's own, with its inbox. */
export interface TestMail {
  smtp: { host: string; port: number }
  /** Waits until `count` mails that are `wanted` have come, and returns them. */
  received(count: number, wanted?: (mail: Listed) => Promise<boolean>): Promise<ReceivedMail[]>
  /** Lists all mails. */
  list(): Promise<Listed[]>
  close(): Promise<void>
}

const mailingBy = (port: number) => ({
  MAIL_URL: `smtp://127.0.0.1:${port}`,
  MAIL_FROM: 'confirm@north.example',
})

/** Starts a Floe that mails through a server on that port. */
export const openMailing = (port: number, options: WorldOptions = {}): Promise<OwnWorld> =>
  openWorld({ ...options, bindings: mailingBy(port) })

/** A world whose mails go to a real server, with its inbox. */
export interface Mailing<W extends World = World> {
  world: W
  mail: Pick<TestMail, 'received'>
}

/** Runs a test with a Floe and a mail server of its own. */
export async function withMail(
  use: (mailing: Mailing<OwnWorld>) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const mail = await openTestMail()
  const world = await openMailing(mail.smtp.port, options)
  await use({ world, mail })
  await world.close()
  await mail.close()
}

/** A test with `mailing`: a tenant of its own in a Floe that mails, and the mails to its recipients. */
export const test = worldTest
  .extend<{ $worker: { mailServer: TestMail; commonMailing: CommonFloe }; $file: { mailingFloe: Floe } }>({
    mailServer: [
      async ({}, use) => {
        const mail = await openTestMail()
        await use(mail)
        await mail.close()
      },
      { scope: 'worker' },
    ],
    commonMailing: [
      async ({ mailServer }, use) => {
        const common = commonFloe(() => openFloe({ bindings: mailingBy(mailServer.smtp.port) }))
        await use(common)
        await common.close()
      },
      { scope: 'worker' },
    ],
    mailingFloe: [async ({ commonMailing }, use) => use(await commonMailing.forFile()), { scope: 'file' }],
  })
  .extend<{ mailing: Mailing }>({
    mailing: async ({ mailingFloe, mailServer }, use) => {
      const world = mailingFloe.next()
      const earlier = new Set((await mailServer.list()).map(({ id }) => id))
      const own = async (mail: Listed) => !earlier.has(mail.id) && (await isOf(world, mail))
      await use({ world, mail: { received: count => mailServer.received(count, own) } })
      // Due mails must not go out during later tests.
      for (const table of ['subscription_request', 'rights_link'] as const)
        await world.update(table, 'mail_due_at = NULL')
    },
  })

/** Whether a mail belongs to no other tenant: its Message-ID begins with the reference of its row. */
async function isOf(world: Asking, { messageId }: Listed): Promise<boolean> {
  const ref = Buffer.from(messageId.split('.')[0]!, 'base64url')
  const [[others]] = (await world.sql(
    `SELECT (SELECT count(*) FROM main.subscription_request WHERE ref = ?1 AND ref NOT IN (SELECT ref FROM subscription_request)) +
       (SELECT count(*) FROM main.rights_link WHERE ref = ?1 AND ref NOT IN (SELECT ref FROM rights_link))`,
    [ref],
  )) as [[number]]
  return others === 0
}

/** Starts a mail server on a free port, or on a given one. */
export async function openTestMail(port?: number): Promise<TestMail> {
  const dir = await mkdtemp(`${tmpdir()}/floe-mail-`)
  const [freePort, webPort] = (await freePorts(2)) as [number, number]
  const smtpPort = port ?? freePort
  const server = await startMailServer({ smtpPort, webPort, dir: `${dir}/mail` })
  const listed: Listed[] = []
  const list = async () => {
    // What has come stays: only what is new is asked for, since a list has every mail's text.
    const known = listed.length
    const answer = await fetch(`${server.inboxUrl}/email?skip=${known}`)
    const more = (await answer.json()) as Listed[]
    listed.push(...more.slice(listed.length - known))
    return [...listed]
  }
  return {
    smtp: server.smtp,
    list,
    async received(count, wanted = async () => true) {
      const known = new Map<string, boolean>()
      const come = async () => {
        const all = await list()
        for (const mail of all) if (!known.has(mail.id)) known.set(mail.id, await wanted(mail))
        return all.filter(({ id }) => known.get(id))
      }
      let mails = await come()
      // The server accepts a mail before it has parsed it.
      while (mails.length < count) {
        await sleep(20)
        mails = await come()
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

/** A mail in the server's list. */
export interface Listed {
  id: string
  messageId: string
  subject: string
  text: string
  html: string
  envelope: { to: { address: string }[] }
}
