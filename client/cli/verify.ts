import { readFileSync } from 'node:fs'
import {
  base64url,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
} from 'jose'
import { wholeOf } from './input.ts'
import type { Placed } from './options.ts'
import { Usage } from './usage-error.ts'
import { shown } from './words.ts'

interface Receipt {
  iss: string
  issued_at: string
  record: { record_id: string; pii_principal_id: string }
  pii_processing: {
    privacy_notice?: string
    purposes: { purpose_id: string; consent_state: string; lawful_basis?: string; given_at?: string }[]
  }
  party_identification: { party_name: string }[]
  event: { event_time: string; event_state: string; entity_id: string }[]
  /** Part of the history that the receipt covers, where that is not all. */
  event_history?: string
}

/**
 * Verifies a consent receipt with saved public keys, or those that Floe publishes, and prints it. Returns 1 when it is not genuine, and 3 when
 * that cannot be told by these keys. Throws `Usage` for what is no receipt.
 */
export async function verify(file: string | undefined, options: Placed): Promise<number> {
  const jws = (await wholeOf(file, 'a receipt')).toString().trim()
  const claimed = claimedBy(jws)
  const keys = await keysOf(options)
  const theirs = options.jwks ?? new URL(options.url).origin
  try {
    const { payload } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ['EdDSA'] })
    if (claimed.typ !== 'consent-receipt+jws')
      throw new errors.JWSInvalid('it is signed, and is no consent receipt')
    const text = new TextDecoder().decode(payload)
    console.log(options.json ? text : told(JSON.parse(text) as Receipt))
    console.error(`genuine by the keys of ${theirs}: signed by ${claimed.issuer}`)
    return 0
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    // A key of another Floe may have the same name, so a signature that fails by it says nothing.
    const areOthers = options.jwks === undefined && claimed.issuer !== theirs
    if (error instanceof errors.JWKSNoMatchingKey || areOthers) {
      console.error(
        `cannot be checked by the keys of ${theirs}: it says that ${claimed.issuer} signed it with ${claimed.kid}. Name that Floe with --url, or its saved keys with --jwks.`,
      )
      return 3
    }
    console.error(`not genuine: ${error.message}`)
    return 1
  }
}

/** Returns what a receipt says of itself, which nothing proves yet. */
function claimedBy(jws: string): { issuer: string; kid: string; typ: string } {
  try {
    const { kid = 'a key without a name', typ = '' } = decodeProtectedHeader(jws)
    const { iss } = JSON.parse(
      new TextDecoder().decode(base64url.decode(jws.split('.')[1]!)),
    ) as Partial<Receipt>
    return { issuer: String(iss), kid: String(kid), typ: String(typ) }
  } catch {
    throw new Usage('This is no receipt.')
  }
}

/** Returns the keys of a file or of Floe. Throws where there are none: a receipt is not to blame for that. */
async function keysOf({ jwks, url }: Placed): Promise<JSONWebKeySet> {
  const place = jwks ?? `${url}/.well-known/jwks.json`
  let found: unknown
  try {
    found = jwks === undefined ? await published(place) : JSON.parse(readFileSync(jwks, 'utf8'))
  } catch (error) {
    const why = `There are no keys in ${place}: ${(error as Error).message}`
    throw jwks === undefined ? new Error(why) : new Usage(why)
  }
  const { keys } = (found ?? {}) as Partial<JSONWebKeySet>
  if (!Array.isArray(keys) || !keys.every(key => typeof key === 'object' && key !== null))
    throw new Error(`${place} is no set of keys`)
  return { keys }
}

async function published(place: string): Promise<unknown> {
  const answer = await fetch(place)
  if (!answer.ok) throw new Error(`it is answered ${answer.status}`)
  return answer.json()
}

function told(receipt: Receipt): string {
  const { issued_at, record, pii_processing, party_identification, event, event_history } = receipt
  const rows: [string, string][] = [
    ['receipt', record.record_id],
    ['issued', issued_at],
    ['about', record.pii_principal_id],
    ['sender', party_identification[0]?.party_name ?? ''],
    ...(pii_processing.privacy_notice ? [['notice', pii_processing.privacy_notice] as [string, string]] : []),
    ...pii_processing.purposes.map((purpose): [string, string] => [
      'topic',
      [
        purpose.purpose_id,
        purpose.consent_state,
        purpose.lawful_basis,
        purpose.given_at && `since ${purpose.given_at}`,
      ]
        .filter(Boolean)
        .join('  '),
    ]),
    ...event.map((one): [string, string] => [
      'event',
      `${one.event_time}  ${one.event_state} by ${one.entity_id}`,
    ]),
    ...(event_history === undefined ? [] : [['events', event_history] as [string, string]]),
  ]
  return rows.map(([name, value]) => `${name.padEnd(8)} ${shown(value)}`).join('\n')
}
