import type { Mail, Mailer } from '../../core/mailer.ts'
import { mailgunMailer } from './mailgun.ts'
import { postmarkMailer } from './postmark.ts'
import type { MailSetting } from './setting.ts'
import { smtpMailer } from './smtp.ts'

const FIELD_NAME = /^[\x21-\x39\x3b-\x7e]+$/
const PRINTABLE = /^[\x20-\x7e]*$/

/** Returns the mailer of a setting, or undefined for none. It does not connect yet. */
export function openMailer(setting: MailSetting): Mailer | undefined {
  switch (setting.kind) {
    case 'none':
      return undefined
    case 'smtp':
      return guarded(smtpMailer(setting))
    case 'postmark':
      return guarded(postmarkMailer(setting))
    case 'mailgun':
      return guarded(mailgunMailer(setting))
  }
}

/**
 * Prevents header injection: a mail with a line end in a name, an address or a field is refused, even if earlier checks
 * missed it.
 */
const guarded = (mailer: Mailer): Mailer => ({
  send: async mail =>
    isWellFormed(mail) ? mailer.send(mail) : { outcome: 'refused', code: 'mail.control_character' },
})

const isWellFormed = ({ from, to, subject, messageId, headers }: Mail): boolean =>
  [from.name, from.address, to, subject, messageId].every(text => !/[\p{Cc}\u2028\u2029]/u.test(text)) &&
  [from.address, to, messageId].every(text => !/[\s<>]/.test(text)) &&
  Object.entries(headers).every(([name, value]) => FIELD_NAME.test(name) && PRINTABLE.test(value))
