import { equalBytes } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { sha256 } from '../../core/sha256.ts'

/**
 * Admits a holder of `METRICS_TOKEN`; throws `key.missing` or `key.invalid` otherwise. Hashes are compared, so that timing
 * reveals neither the token's length nor how much of a guess is right.
 */
export function permit(token: string, authorization: string | undefined): void {
  if (authorization === undefined) throw new Fault({ code: 'key.missing' })
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const hash = (text: string) => sha256(new TextEncoder().encode(text))
  if (!equalBytes(hash(given), hash(token))) throw new Fault({ code: 'key.invalid' })
}
