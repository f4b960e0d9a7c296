import { randomBytes } from 'node:crypto'
import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { counts, keyName, readApiKey } from '../../core/api-key.ts'
import { fromBase64Url } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { type KeyringEntry, openKeyring, parseKeyring } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import { apiKeyById } from '../../db/api-key.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'
import { statusOf } from '../../worker/http/problem.ts'
import { readAsOperator } from '../operator.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { Installation } from './installation.ts'
import { anyKey, anyTopic } from './question.ts'
import { DEADLINE_MS, get, reasonOf } from './reach.ts'

/** What the keyring is compared with. */
export interface Signed {
  /** Database of each cluster that can be read. */
  databases: ReadonlyMap<number, Endpoint>
  /** Origin of Floe; undefined where it is not known. */
  floe: string | undefined
  apiKey: string | undefined
  now: number
}

/** Looks at TOKEN_KEYS: whether the Floe that answers holds each key of it, and whether it made an API key that stands. */
export async function lookAtSigningKeys(
  { given }: Installation,
  { databases, floe, apiKey, now }: Signed,
): Promise<Finding[]> {
  const both = (why: string) => [
    findingsOf('signing keys').notLookedAt(why),
    findingsOf('API keys').notLookedAt(why),
  ]
  const { TOKEN_KEYS } = given['floe-app']
  if (!TOKEN_KEYS) return both('TOKEN_KEYS is not given')
  const ring = parseKeyring(TOKEN_KEYS)
  if (!ring) return both('TOKEN_KEYS is malformed')
  const [database] = databases.values()
  if (!database) return both('no database could be read')
  try {
    const [topic, isAnyStanding] = await readAsOperator(database, [anyTopic, anyKey(now)], DEADLINE_MS)
    return await Promise.all([
      heldFinding(ring, topic, floe),
      apiKeyFinding(ring, apiKey, isAnyStanding, databases, now),
    ])
  } catch (error) {
    return both(reasonOf(error))
  }
}

/**
 * Opens the page of a link that each key of the ring signs, for a recipient who does not exist. A page changes nothing, and Floe
 * shows it to nobody whose link it did not sign.
 */
async function heldFinding(
  ring: readonly KeyringEntry[],
  topic: number | undefined,
  floe: string | undefined,
): Promise<Finding> {
  const { ok, fail, notLookedAt } = findingsOf('signing keys')
  if (floe === undefined) return notLookedAt('BASE_URL is an example or wrong')
  if (topic === undefined) return notLookedAt('there is no topic yet to sign a link for')
  const tried = await Promise.all(
    ring.map(async entry => {
      const claim = { topic, addressId: randomBytes(ADDRESS_ID_BYTES), ref: new Uint8Array() }
      const answer = await get(`${floe}/u/${mintToken(openKeyring([entry]), 'unsubscribe', claim)}`)
      await answer.body?.cancel()
      return { id: entry.id, status: answer.status }
    }),
  ).catch(reasonOf)
  if (typeof tried === 'string') return notLookedAt(`the page of a link does not answer: ${tried}`)
  const unheld = tried.filter(({ status }) => status === statusOf({ code: 'token.invalid' }))
  if (unheld.length > 0)
    return fail(
      `Floe does not hold ${unheld.map(({ id }) => `key ${id}`).join(', ')} of TOKEN_KEYS as it is here`,
      'compare it with the vault; give Floe the right one: npm run deploy -- secret TOKEN_KEYS',
    )
  const strange = tried.find(({ status }) => status !== 200)
  if (strange) return notLookedAt(`the page of a link is answered ${strange.status}`)
  return ok(`Floe holds ${ring.map(({ id }) => `key ${id}`).join(', ')} of TOKEN_KEYS; the first signs`)
}

async function apiKeyFinding(
  ring: readonly KeyringEntry[],
  text: string | undefined,
  isAnyStanding: boolean,
  databases: ReadonlyMap<number, Endpoint>,
  now: number,
): Promise<Finding> {
  const { ok, fail, notLookedAt } = findingsOf('API keys')
  if (!text) {
    if (!isAnyStanding) return ok('none stands yet')
    return notLookedAt(
      'some stand, and no row says which ring made them',
      'export FLOE_API_KEY, one of them, and run this again',
    )
  }
  const claims = readApiKey(openKeyring([...ring]), text)
  if (!claims) {
    const id = (fromBase64Url(text.slice('floe_'.length, 'floe_'.length + 4))?.[0] ?? 0) & 0x1f
    const why = !text.startsWith('floe_')
      ? 'FLOE_API_KEY is no API key of Floe'
      : ring.some(entry => entry.id === id)
        ? `FLOE_API_KEY was made under another key ${id} than TOKEN_KEYS holds`
        : `FLOE_API_KEY was made under key ${id}, which TOKEN_KEYS does not hold`
    return fail(why, 'put the key that made it back into TOKEN_KEYS, behind the others, or make new API keys')
  }
  const name = keyName(claims.keyId)
  const database = databases.get(clusterOf(claims.tenant))
  if (!database)
    return notLookedAt(
      `the database of cluster ${clusterOf(claims.tenant)}, whose FLOE_API_KEY is, does not answer`,
    )
  const [[row]] = await readAsOperator(database, [apiKeyById(claims.keyId)], DEADLINE_MS)
  if (!row)
    return fail(`${name}, FLOE_API_KEY, does not stand in this database`, 'take a key of this installation')
  if (!counts(row, now)) return fail(`${name}, FLOE_API_KEY, is revoked or expired`, 'take a key that stands')
  return ok(`${name} was made under TOKEN_KEYS`)
}
