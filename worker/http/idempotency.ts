import { type ApiKeyClaims, authenticate } from '../../core/api-key.ts'
import { toBase64Url, toHex } from '../../core/bytes.ts'
import type { RingCipher } from '../../core/cipher.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { sha256 } from '../../core/sha256.ts'
import { apiKeyById } from '../../db/api-key.ts'
import type { Database } from '../../db/engine/client.ts'
import type { Services } from '../call/services.ts'
import type { IdempotencyRecords } from './idempotency-record.ts'

/** Longest answer that is kept for its day without being counted: the allowance of its key bounds how many there are. */
const UNCOUNTED_BYTES = 1024

/** An answer before it has headers. */
export interface KeptAnswer {
  status: number
  text: string
  replayed?: true
}

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Runs a call once under its key, and returns the first answer to a repetition. */
export type Once = (
  caller: { db: Pick<Database, 'read'>; claim: ApiKeyClaims },
  key: string,
  call: { name: string; input: unknown; secret: boolean },
  run: () => Promise<KeptAnswer>,
) => Promise<KeptAnswer>

/** What remembers calls: their records, the cipher of their answers, and where failures are logged. */
export interface OnceParts extends Pick<Services, 'log'> {
  records: IdempotencyRecords
  ring: RingCipher
}

/** Reads an `Idempotency-Key`, a structured field string or the bare text that most clients send. Throws `request.invalid`. */
export function readIdempotencyKey(header: string): string {
  const key = /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? header
  if (!/^[\x21-\x7e]{1,255}$/.test(key) || (key === header && /["\\]/.test(key)))
    throw invalidField('Idempotency-Key', 'must be 1 to 255 printable characters without spaces')
  return key
}

/**
 * Returns what runs a call once under its key (draft-ietf-httpapi-idempotency-key-header): a repetition within a day gets the same answer and
 * runs nothing. Only success is remembered; a call that was refused or failed may be made again. If the answer cannot be kept,
 * the call still is; if that fails too, only for the minute a call may run.
 *
 * The answer is sealed for this tenant; one that shows a secret is never kept. Long answers are kept as far as the room of their
 * API key goes, newest first; of older calls a digest remains, so that they are not run again. Throws `idempotency.in_progress`,
 * `idempotency.key_reused`, `idempotency.spent`, `database.unavailable`, and what the call throws.
 */
export const onceBy =
  ({ records, ring, log }: OnceParts): Once =>
  async ({ db, claim }, key, call, run) => {
    // The API key is part of the name: a key that may not make a call must not read its answer either.
    const caller = toHex(claim.keyId)
    const name = toBase64Url(sha256(utf8(`${caller} ${key}`)))
    const context = utf8(`idempotency ${name}`)
    const record = records.open(name)
    const found = await record
      .begin(toHex(sha256(utf8(`${call.name} ${JSON.stringify(call.input)}`))))
      .catch(away)
    if (found.state === 'running') throw new Fault({ code: 'idempotency.in_progress' })
    if (found.state === 'other') throw new Fault({ code: 'idempotency.key_reused' })
    if (found.state === 'done') {
      // A key revoked since then must not read the answer.
      const [[stored]] = await db.read('fresh', [apiKeyById(claim.keyId)])
      authenticate(claim, stored)
      if (found.sealed === null) throw new Fault({ code: 'idempotency.spent' })
      return {
        status: found.status,
        text: await ring.decrypt(claim.tenant, context, found.sealed),
        replayed: true,
      }
    }
    let answer: KeptAnswer
    try {
      answer = await run()
    } catch (error) {
      await record.release().catch(() => undefined)
      throw error
    }
    // The call has taken effect, whatever becomes of its answer; from here on it is never released.
    try {
      const sealed = call.secret ? null : await ring.encrypt(claim.tenant, context, answer.text)
      const room = records.open(toBase64Url(sha256(utf8(caller))))
      if (sealed !== null && sealed.length > UNCOUNTED_BYTES) await room.makeRoom(name, sealed.length)
      await record.finish(answer.status, sealed)
    } catch (error) {
      log('idempotency', error)
      await record.finish(answer.status, null).catch(() => undefined)
    }
    return answer
  }

function away(cause: unknown): never {
  throw new Fault({ code: 'database.unavailable' }, { cause })
}
