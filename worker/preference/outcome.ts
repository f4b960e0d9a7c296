import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { equalBytes, getUint48, setUint48 } from '../../core/bytes.ts'
import type { Keyring } from '../../core/keys.ts'
import { UNDO_MS } from '../../core/limits.ts'
import { type Claim, seal, unseal } from '../../core/token.ts'
import type { PreferenceCommand } from './command.ts'

const ACTS: readonly PreferenceCommand['act'][] = [
  'save',
  'pause',
  'stop',
  'ask',
  'language',
  'opt_out_of_sale',
  'undo',
]

/** The outcome of a command. */
export interface PreferenceOutcome {
  act: PreferenceCommand['act']
  at: number
  /** Whether the act changed anything beside the topics that it turned off. */
  changed: boolean
  /** Numbers of the topics it turned off. */
  ended: number[]
  /** Topics that the page showed as on but were turned off elsewhere meanwhile: they stay off, and the page says so. */
  stale: number[]
  /** Whether the act itself was refused, after the topics that were unticked had been turned off. */
  refused: boolean
}

const HEAD = 1 + 4 + ADDRESS_ID_BYTES
const LISTS = HEAD + 6 + 2
/** Most topics that a token names, so that it fits into a URL: nobody unticks more, one at a time. */
const NUMBERS_MAX = 255

/**
 * Returns an outcome as a token for the URL after the act. The token can also undo the act: it is given only in the answer to
 * the act, names its millisecond and undoes nothing older; no mailed link holds one.
 */
export function sealOutcome(keyring: Keyring, claim: Claim, outcome: PreferenceOutcome): string {
  const { ended, stale } = outcome
  const numbers = [...ended, ...stale].slice(0, NUMBERS_MAX)
  const body = new Uint8Array(LISTS + 1 + 4 * numbers.length)
  const view = new DataView(body.buffer)
  view.setUint32(1, claim.topic)
  body.set(claim.addressId, 5)
  setUint48(view, HEAD, outcome.at)
  body[HEAD + 6] = ACTS.indexOf(outcome.act)
  body[HEAD + 7] = (outcome.changed ? 1 : 0) | (outcome.refused ? 2 : 0)
  body[LISTS] = Math.min(ended.length, NUMBERS_MAX)
  for (const [i, topic] of numbers.entries()) view.setUint32(LISTS + 1 + 4 * i, topic)
  return seal(keyring, 'outcome', body)
}

/**
 * Returns the outcome of a token, or undefined where it belongs to another link, does not verify, or has expired (`UNDO_MS`).
 */
export function readOutcome(
  keyring: Keyring,
  claim: Claim,
  text: string,
  now: number,
): PreferenceOutcome | undefined {
  const body = text.length > 1500 ? undefined : unseal(keyring, 'outcome', text)
  if (body === undefined || body.length < LISTS + 1) return undefined
  const view = new DataView(body.buffer, body.byteOffset)
  const mine = view.getUint32(1) === claim.topic && equalBytes(body.subarray(5, HEAD), claim.addressId)
  const at = getUint48(view, HEAD)
  const act = ACTS[body[HEAD + 6]!]
  if (!mine || act === undefined || now > at + UNDO_MS) return undefined
  const numbers = Array.from({ length: (body.length - LISTS - 1) / 4 }, (_, i) =>
    view.getUint32(LISTS + 1 + 4 * i),
  )
  const split = body[LISTS]!
  return {
    act,
    at,
    changed: (body[HEAD + 7]! & 1) === 1,
    refused: (body[HEAD + 7]! & 2) === 2,
    ended: numbers.slice(0, split),
    stale: numbers.slice(split),
  }
}

/** Whether an act can be undone: it reduced mail. */
export const canBeUndone = ({ act, changed, ended }: PreferenceOutcome): boolean =>
  ended.length > 0 || (changed && (act === 'pause' || act === 'stop'))
