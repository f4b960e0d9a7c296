import { mkdirSync } from 'node:fs'
import { type Child, startChild, untilAnswering, withoutVariables } from './child.ts'
import { ROOT } from './folder.ts'

/** A mail server that stores what it receives and delivers nothing. */
export interface MailServer extends Child {
  /** Its web address: a page for people, `GET /email` for programs. */
  inboxUrl: string
  smtp: { host: string; port: number }
}

/** Starts MailDev on given ports, with its mails in `dir`, and resolves when it answers. */
export async function startMailServer({
  smtpPort,
  webPort,
  dir,
}: {
  smtpPort: number
  webPort: number
  dir: string
}): Promise<MailServer> {
  mkdirSync(dir, { recursive: true })
  const args = ['--ip', '127.0.0.1', '--smtp', `${smtpPort}`, '--web', `${webPort}`]
  const child = startChild({
    command: process.execPath,
    args: [`${ROOT}/node_modules/maildev/bin/maildev`, '--silent', ...args, '--mail-directory', dir],
    env: withoutVariables('MAILDEV_'),
    log: `${dir}.log`,
  })
  const inboxUrl = `http://127.0.0.1:${webPort}`
  await untilAnswering(child, `${inboxUrl}/healthz`, 'MailDev', `${dir}.log`)
  return { ...child, inboxUrl, smtp: { host: '127.0.0.1', port: smtpPort } }
}
