import { decodeJwt, jwtVerify, SignJWT } from 'jose'
import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { clusterOf, FIRST_CLUSTER } from '../../core/cluster.ts'
import { deriveKey, type KeyringEntry } from '../../core/keys.ts'
import { ACCESS_MS } from '../../core/limits.ts'

/** The claim of a session. The address is not in it: it is stored with the link, and erased with it. */
export interface AccessClaim {
  /** The used access link; the session ends with it. */
  ref: Uint8Array
  tenant: number
  workspace: number
  topic: number
  addressId: Uint8Array
  /** The recipient's id in the platform's suppression list. */
  platformId: Uint8Array
}

/** The `typ` of a session, so that no other signed text is accepted as one (RFC 8725 §3.11). */
const TYPE = 'access-session+jwt'
const ALGORITHM = 'HS256'

/** Returns the cluster named by a session, without verifying it; the reader verifies it before any query. */
export function clusterOfSession(text: string): number {
  try {
    const { tenant } = decodeJwt<{ tenant?: unknown }>(text)
    return typeof tenant === 'number' ? clusterOf(tenant) : FIRST_CLUSTER
  } catch {
    return FIRST_CLUSTER
  }
}

/**
 * Signs and reads access sessions: JWTs (RFC 7519) valid for 15 minutes, for this Floe alone. They are sent only in hidden
 * fields of forms: a URL would stay in histories and logs, and a browser would attach a cookie to forged requests.
 */
export class AccessSessions {
  readonly #entries: readonly KeyringEntry[]
  readonly #audience: string

  constructor(entries: readonly KeyringEntry[], baseUrl: string) {
    this.#entries = entries
    this.#audience = `${baseUrl}/your-data`
  }

  /** Returns a session that begins at `at`, milliseconds since 1970 UTC. */
  sign(claim: AccessClaim, at: number): Promise<string> {
    const [first] = this.#entries
    const seconds = Math.floor(at / 1000)
    return new SignJWT({
      tenant: claim.tenant,
      workspace: claim.workspace,
      topic: claim.topic,
      platform: toBase64Url(claim.platformId),
    })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: String(first!.id) })
      .setSubject(toBase64Url(claim.addressId))
      .setJti(toBase64Url(claim.ref))
      .setAudience(this.#audience)
      .setIssuer(this.#audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ACCESS_MS / 1000)
      .sign(sessionKey(first!))
  }

  /** Returns the claim of a session, or undefined where it does not verify or has expired (RFC 8725 §3.1, §3.9). */
  async read(text: string, now: number): Promise<AccessClaim | undefined> {
    try {
      const { payload } = await jwtVerify(
        text,
        ({ kid }) => {
          const found = this.#entries.find(({ id }) => String(id) === kid)
          if (!found) throw new Error('no such key')
          return sessionKey(found)
        },
        {
          algorithms: [ALGORITHM],
          typ: TYPE,
          audience: this.#audience,
          issuer: this.#audience,
          currentDate: new Date(now),
          requiredClaims: ['sub', 'jti', 'iat', 'exp'],
        },
      )
      return {
        ref: fromBase64Url(payload.jti!)!,
        tenant: payload['tenant'] as number,
        workspace: payload['workspace'] as number,
        topic: payload['topic'] as number,
        addressId: fromBase64Url(payload.sub!)!,
        platformId: fromBase64Url(payload['platform'] as string)!,
      }
    } catch {
      return undefined
    }
  }
}

const sessionKey = ({ key }: KeyringEntry): Uint8Array => deriveKey(key, 'access-session')
