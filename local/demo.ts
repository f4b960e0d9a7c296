import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { openKeyring, parseKeyring } from '../core/keys.ts'
import { mintToken } from '../core/token.ts'
import { LOCAL } from './folder.ts'
import type { LocalSecrets } from './secrets.ts'
import { DEMO_ADDRESS, type Seeded } from './seed.ts'

/** Everything a script needs to begin. It is written to `.local/demo.json` once all of it answers. */
export interface Demo {
  baseUrl: string
  apiKey: string
  workspace: string
  topics: string[]
  address: string
  /** Notice that the demo's consents may refer to. */
  notice: { name: string; version: string }
  /** Bearer token of `/metrics`, and of the whole of `/readyz`. */
  metricsToken: string
  unsubscribeUrl: string
  preferencesUrl: string
  inboxUrl: string
  /** Address that takes a mail for Floe, with `from` and `to` in the query, and passes it to the Worker's email handler. */
  mailUrl: string
  smtp: { host: string; port: number }
  database: { primaryUrl: string; replicaUrls: string[]; authToken: string }
  otherTenant: { apiKey: string }
}

const FILE = `${LOCAL}/demo.json`

/** Describes the running demo, with live links to the demo recipient's page for `news`. */
export function describeDemo(
  seeded: Seeded,
  { tokenKeys, metricsToken }: Pick<LocalSecrets, 'tokenKeys' | 'metricsToken'>,
  places: Pick<Demo, 'baseUrl' | 'inboxUrl' | 'mailUrl' | 'smtp' | 'database'>,
): Demo {
  const { baseUrl, inboxUrl, mailUrl, smtp, database } = places
  const keyring = openKeyring(parseKeyring(tokenKeys)!)
  const claim = { topic: seeded.topics.news, addressId: seeded.addressId, ref: new Uint8Array() }
  return {
    baseUrl,
    apiKey: seeded.apiKey,
    workspace: 'north',
    topics: Object.keys(seeded.topics),
    address: DEMO_ADDRESS,
    notice: { name: 'privacy', version: '1' },
    metricsToken,
    unsubscribeUrl: `${baseUrl}/u/${mintToken(keyring, 'unsubscribe', claim)}`,
    preferencesUrl: `${baseUrl}/p/${mintToken(keyring, 'preferences', claim)}`,
    inboxUrl,
    mailUrl,
    smtp,
    database,
    otherTenant: { apiKey: seeded.otherApiKey },
  }
}

/** Writes `.local/demo.json`, whole or not at all. */
export function writeDemo(demo: Demo): void {
  writeFileSync(`${FILE}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${FILE}.new`, FILE)
}

/** Removes `.local/demo.json`, which exists only while everything in it answers. */
export const removeDemo = (): void => rmSync(FILE, { force: true })
