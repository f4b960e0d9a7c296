import { toBase64 } from '../../core/bytes.ts'
import { within } from '../../core/deadline.ts'
import type { Delivery, Mail, Mailer } from '../../core/mailer.ts'
import { messageOf } from './message.ts'
import type { SmtpSetting } from './setting.ts'
import { openWire, UnexpectedReply, type Wire } from './wire.ts'

/** For the whole session, milliseconds. */
const SMTP_DEADLINE_MS = 10_000
const TIMEOUT: Delivery = { outcome: 'failed', code: 'timeout' }
const encoder = new TextEncoder()

/**
 * Mailer over SMTP (RFC 5321), with one connection a mail.
 *
 * Own code, since the one package for this runtime loops for ever when the server hangs up, sends the password in plain where
 * STARTTLS is not offered, requests no bounces, and puts addresses into its errors.
 */
export const smtpMailer = (server: SmtpSetting): Mailer => ({
  async send(mail) {
    const wire = openWire(server)
    try {
      return await within(SMTP_DEADLINE_MS, converse(wire, server, mail), () => TIMEOUT)
    } finally {
      wire.close()
    }
  },
})

/** Never throws, since after the deadline nobody awaits it. */
async function converse(wire: Wire, server: SmtpSetting, mail: Mail): Promise<Delivery> {
  try {
    const offers = await enter(wire, server, mail.from.address.split('@')[1]!)
    if (!offers) return { outcome: 'failed', code: 'smtp.no_tls' }
    // A non-ASCII mailbox needs a server with SMTPUTF8 (RFC 6531).
    const international = /[^\0-\x7f]/.test(mail.to + mail.from.address)
    if (international && !offers.has('SMTPUTF8')) return { outcome: 'refused', code: 'smtp.smtputf8' }
    await wire.say(`MAIL FROM:<${mail.from.address}>${international ? ' SMTPUTF8' : ''}`, 250)
    return await handOver(wire, mail)
  } catch (error) {
    const code = error instanceof UnexpectedReply ? `smtp.${error.code}` : 'smtp.connection'
    return { outcome: 'failed', code }
  }
}

/** Greets, encrypts and logs in. Returns the server's extensions, or undefined where it does not offer STARTTLS. */
async function enter(wire: Wire, { security, login }: SmtpSetting, us: string) {
  await wire.say(undefined, 220)
  let offers = offered(await wire.say(`EHLO ${us}`, 250))
  if (security === 'starttls') {
    if (!offers.has('STARTTLS')) return undefined
    await wire.say('STARTTLS', 220)
    wire.encrypt()
    offers = offered(await wire.say(`EHLO ${us}`, 250))
  }
  if (login && /\bPLAIN\b/.test(offers.get('AUTH') ?? '')) {
    await wire.say(`AUTH PLAIN ${base64(`\0${login.user}\0${login.password}`)}`, 235)
  } else if (login) {
    await wire.say('AUTH LOGIN', 334)
    await wire.say(base64(login.user), 334)
    await wire.say(base64(login.password), 235)
  }
  return offers
}

/**
 * A rejection from here on is about the recipient or the mail; before, it was about our connection, and a later attempt may
 * work.
 */
async function handOver(wire: Wire, mail: Mail): Promise<Delivery> {
  try {
    await wire.say(`RCPT TO:<${mail.to}>`, 250)
    await wire.say('DATA', 354)
    // A line with a single dot would end the mail (RFC 5321 §4.5.2).
    await wire.say(`${messageOf(mail).replace(/^\./gm, '..')}.`, 250)
    return { outcome: 'sent' }
  } catch (error) {
    if (error instanceof UnexpectedReply && error.code >= 500) {
      return { outcome: 'refused', code: `smtp.${error.code}` }
    }
    throw error
  }
}

/** Extensions of an EHLO reply, with their parameters by name (RFC 5321 §4.1.1.1). */
const offered = (reply: string): Map<string, string> =>
  new Map(
    reply
      .split('\n')
      .slice(1)
      .map(line => {
        const [, name = '', parameters = ''] =
          /^\d{3}[ -]([A-Z0-9-]+)(.*)/.exec(line.trim().toUpperCase()) ?? []
        return [name, parameters]
      }),
  )

const base64 = (text: string): string => toBase64(encoder.encode(text))
