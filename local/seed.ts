import { addressHash, canonicalAddress } from '../core/address.ts'
import { keyName, readApiKey, SENDER_PERMISSIONS } from '../core/api-key.ts'
import { TenantCipher } from '../core/cipher.ts'
import { systemClock } from '../core/clock.ts'
import { FIRST_CLUSTER } from '../core/cluster.ts'
import { AddressIndexes, type Keyring, openKeyring, parseKey, parseKeyring } from '../core/keys.ts'
import { keepAddress } from '../db/address.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { type TopicPlace, topicByName } from '../db/topic.ts'
import { commitAsOperator, type Operator, operatorOf, readAsOperator } from '../ops/operator.ts'
import { keySecrets, operatorKeys } from '../ops/operator-keys.ts'
import type { Plan } from '../ops/plan.ts'
import { provision } from '../ops/provision.ts'
import { createKey, listKeys } from '../ops/provision-key.ts'

/** The recipient of the demo. */
export const DEMO_ADDRESS = 'ada@example.com'

/** The platform's own notices, which the demo's senders show. */
const PLATFORM_NOTICES = [
  { name: 'privacy', version: '1' },
  { name: 'privacy', version: '2' },
]

/** Plan of the demo: two tenants, to show that one cannot reach the other's data. */
export const DEMO = {
  tenants: [
    {
      name: 'penguin',
      displayName: 'Penguin Mail Co.',
      workspaces: [
        {
          name: 'north',
          displayName: 'North & Co.',
          notices: PLATFORM_NOTICES,
          topics: [
            {
              name: 'news',
              displayName: 'News',
              description: 'What is new in the shop and behind it.',
              frequency: 'About twice a month',
              kind: 'marketing',
            },
            {
              name: 'offers',
              displayName: 'Offers',
              description: 'Sales and early access.',
              frequency: 'At most once a week',
              kind: 'marketing',
            },
            {
              name: 'receipts',
              displayName: 'Orders and receipts',
              description: 'Confirmations, receipts and delivery notes for what you order.',
              kind: 'transactional',
            },
          ],
        },
      ],
    },
    {
      name: 'puffin',
      displayName: 'Puffin Press',
      workspaces: [
        {
          name: 'harbour',
          displayName: 'Puffin Press',
          notices: PLATFORM_NOTICES,
          topics: [
            {
              name: 'weekly',
              displayName: 'The weekly letter',
              description: 'Five things worth reading.',
              frequency: 'Every Friday',
              kind: 'marketing',
            },
            {
              name: 'account',
              displayName: 'Your account',
              description: 'Sign-in codes, invoices and changes to your subscription.',
              kind: 'transactional',
            },
          ],
        },
      ],
    },
  ],
} satisfies Plan

/** Secrets of the Worker, and the demo's API keys when an earlier run made some. */
export interface SeedSecrets {
  tokenKeys: string
  indexKey: string
  /** Keys that wrap data keys. */
  keyEncryptionKeys?: string
  /** Key of rows from before data keys; set where an older Floe made the secrets. */
  dataKey?: string
  apiKey?: string
  otherApiKey?: string
}

/** Keys and numbers of the demo. */
export interface Seeded {
  apiKey: string
  otherApiKey: string
  /** Numbers of the demo's first tenant and workspace. */
  tenant: number
  workspace: number
  topics: Record<'news' | 'offers' | 'receipts', number>
  /** Address id of `DEMO_ADDRESS` at that tenant. */
  addressId: Uint8Array
}

/** Fills a cluster's migrated database with the demo. A second run changes nothing and keeps the API keys it is given. */
export async function seed(
  endpoint: Endpoint,
  secrets: SeedSecrets,
  cluster = FIRST_CLUSTER,
): Promise<Seeded> {
  const tokenKeys = parseKeyring(secrets.tokenKeys)
  const indexKey = parseKey(secrets.indexKey)
  if (!tokenKeys || !indexKey) throw new Error('the secrets to seed with are malformed')
  const keyring = openKeyring(tokenKeys)
  const { keyEncryptionKeys, dataKey } = secrets
  const vault = keySecrets({ KEY_ENCRYPTION_KEYS: keyEncryptionKeys, DATA_KEY: dataKey })
  const operator = operatorOf(endpoint, 'demo')

  await provision(operator, DEMO, systemClock, { cluster })
  const apiKey = await keptOrNewKey(operator, keyring, 'penguin/north', secrets.apiKey)
  const otherApiKey = await keptOrNewKey(operator, keyring, 'puffin/harbour', secrets.otherApiKey)

  const { tenant, workspace } = readApiKey(keyring, apiKey)!
  const canonical = canonicalAddress(DEMO_ADDRESS)!
  const addressId = new AddressIndexes(indexKey).tenant(tenant).id(addressHash(canonical))
  const sealed = await new TenantCipher(operatorKeys(operator, vault)).encrypt(tenant, addressId, canonical)
  await commitAsOperator(operator, [keepAddress({ addressId, tenant, sealed, createdAt: systemClock() })])

  const [news, offers, receipts] = await readAsOperator<[TopicPlace[], TopicPlace[], TopicPlace[]]>(
    operator,
    [topicByName(workspace, 'news'), topicByName(workspace, 'offers'), topicByName(workspace, 'receipts')],
  )
  const topics = { news: news[0]!.topic, offers: offers[0]!.topic, receipts: receipts[0]!.topic }
  return { apiKey, otherApiKey, tenant, workspace, topics, addressId }
}

/** Returns the given key if it is still valid, or a new one with all of a sender's permissions. */
async function keptOrNewKey(
  operator: Operator,
  keyring: Keyring,
  path: string,
  kept: string | undefined,
): Promise<string> {
  const claim = kept === undefined ? undefined : readApiKey(keyring, kept)
  if (kept && claim) {
    const name = keyName(claim.keyId)
    const known = (await listKeys(operator)).find(key => key.name === name)
    // A key of an older demo may lack newer permissions.
    const able = SENDER_PERMISSIONS.every(permission => known?.permissions.includes(permission))
    if (able && known?.workspace === path && known.revokedAt === null) return kept
  }
  return (await createKey(operator, keyring, path, SENDER_PERMISSIONS)).text
}
