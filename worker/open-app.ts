import { RingCipher } from '../core/cipher.ts'
import { openKeyring } from '../core/keys.ts'
import type { AllDeps } from './app-routes.ts'
import { type AppBindings, appSettings } from './app-settings.ts'
import { ReceiptKeys } from './consent/receipt-key.ts'
import { onceBy } from './http/idempotency.ts'
import { SnsKeys } from './inbound/sns-keys.ts'
import { openMailer } from './mail/open.ts'
import { openShared } from './open-shared.ts'
import { AccessSessions } from './rights/session.ts'
import { dnsOverHttps } from './webhook/resolver.ts'

/** Builds the dependencies of `floe-app` from its bindings. */
export function openApp(bindings: AppBindings): AllDeps {
  const settings = appSettings(bindings)
  const shared = openShared('floe-app', settings, bindings)
  const ring = new RingCipher(settings.tokenKeys, settings.dataKey)
  const { IDEMPOTENCY } = bindings
  const records = { open: (name: string) => IDEMPOTENCY.get(IDEMPOTENCY.idFromName(name)) }
  return {
    ...shared,
    accessKeyring: openKeyring(settings.accessKeys),
    ring,
    once: onceBy({ records, ring, log: shared.log }),
    hasFormerKey: settings.dataKey !== undefined,
    receipts: new ReceiptKeys(settings.receiptKeys),
    sessions: new AccessSessions(settings.accessKeys, settings.baseUrl),
    mailer: openMailer(settings.mail),
    mailFrom: settings.mailFrom,
    securityContact: settings.securityContact,
    dnsUrl: settings.dnsUrl,
    reporters: settings.reporters,
    snsKeys: new SnsKeys(),
    resolve: dnsOverHttps(settings.dnsUrl),
    targets: {
      ownHost: new URL(settings.baseUrl).hostname,
      thisMachine: settings.webhooksToThisMachine,
    },
    version: settings.version,
    metricsToken: settings.metricsToken,
  }
}
