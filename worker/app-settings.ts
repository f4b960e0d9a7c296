import { canonicalAddress } from '../core/address.ts'
import { keyring } from '../core/key-setting.ts'
import {
  combined,
  optional,
  parsed,
  readSettings,
  type Setting,
  setting,
  text,
  usually,
  type ValuesOf,
  yesOrNo,
} from '../core/setting.ts'
import { EDGE_SETTINGS, type SharedBindings } from './edge-settings.ts'
import type { IdempotencyRecord } from './http/idempotency-record.ts'
import { DEFAULT_REPORTERS, parseReporters } from './inbound/reporter.ts'
import { type MailSetting, parseMailUrl } from './mail/setting.ts'
import { metricsTokenSetting } from './telemetry/setting.ts'

/** What the platform binds to `floe-app` beside its settings. */
export interface AppBindings extends SharedBindings {
  IDEMPOTENCY: DurableObjectNamespace<IdempotencyRecord>
}

// There is no default: without mail, senders carry the confirmation links, and nobody should get that by an oversight.
const transport: Setting<MailSetting> = setting('MAIL_URL', (given, refuse) => {
  const mail = typeof given === 'string' ? parseMailUrl(given) : undefined
  if (!mail)
    refuse('must be none:, smtp(s)://user:password@host, postmark://token or mailgun://key@host/domain')
  return mail
})

/** Setting of how mail is sent. `floe` knows only whether it is, so that both must agree. */
const mailSetting: Setting<MailSetting> = combined(
  { transport, sendsMail: EDGE_SETTINGS.sendsMail },
  ({ transport: mail, sendsMail }, refuse) => {
    if ((mail.kind !== 'none') !== sendsMail)
      refuse('SENDS_MAIL', 'must be false where MAIL_URL is none:, and true otherwise')
    return mail
  },
)

/** The settings of `floe-app`. */
export const APP_SETTINGS = {
  ...EDGE_SETTINGS,
  accessKeys: setting('ACCESS_KEYS', keyring),
  receiptKeys: setting('RECEIPT_KEYS', keyring),
  metricsToken: metricsTokenSetting,
  mail: mailSetting,
  mailFrom: setting(
    'MAIL_FROM',
    usually(
      'confirm@floe.invalid',
      text(['must be an address in lower case', address => canonicalAddress(address) === address]),
    ),
  ),
  securityContact: setting(
    'SECURITY_CONTACT',
    optional(
      text([
        'must be a mailto: or https: address',
        contact => /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(contact),
      ]),
    ),
  ),
  dnsUrl: setting(
    'DNS_URL',
    usually(
      'https://cloudflare-dns.com/dns-query',
      text([
        'must be the https address of a resolver that answers in JSON',
        url => URL.canParse(url) && /^https:|^http:\/\/127\.0\.0\.1[:/]/.test(url) && !/[?#]/.test(url),
      ]),
    ),
  ),
  reporters: setting(
    'REPORTERS',
    usually(
      DEFAULT_REPORTERS,
      parsed('must be domains, or addresses in lower case, separated by commas', parseReporters),
    ),
  ),
  webhooksToThisMachine: setting('WEBHOOKS_TO_THIS_MACHINE', usually('false', yesOrNo)),
}

/** Reads the settings of `floe-app`. Throws as `readSettings` does. */
export const appSettings = (bindings: object): ValuesOf<typeof APP_SETTINGS> =>
  readSettings('floe-app', APP_SETTINGS, bindings)
