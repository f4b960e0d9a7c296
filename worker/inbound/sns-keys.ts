import { importX509 } from 'jose'
import { fromBase64 } from '../../core/bytes.ts'

/** URLs of SNS signing certificates, on Amazon's own hosts. */
const CERTIFICATE =
  /^https:\/\/sns\.([a-z0-9-]{3,32})\.amazonaws\.com(?:\.cn)?\/SimpleNotificationService-[0-9a-f]{1,64}\.pem$/
const CERTIFICATE_DEADLINE_MS = 2000
const KEPT_MAX = 16
const PEM_MAX = 16_384

/** Hash functions by signature version. */
const HASHES: Record<string, string> = { '1': 'SHA-1', '2': 'SHA-256' }

/**
 * Public keys of Amazon SNS, by the URL of their certificate. Only Amazon's URLs of the given region are fetched, since
 * whoever names the certificate can sign anything; TLS authenticates the certificate.
 */
export class SnsKeys {
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>()

  /** Whether Amazon signed a text for a topic of this region. */
  async verify(
    { url, region, version, signature }: Record<'url' | 'region' | 'version' | 'signature', string>,
    text: string,
  ): Promise<boolean> {
    const hash = Object.hasOwn(HASHES, version) ? HASHES[version] : undefined
    if (!hash || CERTIFICATE.exec(url)?.[1] !== region) return false
    const spki = this.#kept.get(url) ?? (await this.#fetch(url))
    if (!spki) return false
    const key = await crypto.subtle.importKey('spki', spki, { name: 'RSASSA-PKCS1-v1_5', hash }, false, [
      'verify',
    ])
    try {
      const bytes = fromBase64(signature)
      return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, new TextEncoder().encode(text))
    } catch {
      return false
    }
  }

  async #fetch(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(CERTIFICATE_DEADLINE_MS),
      })
      const pem = await answer.text()
      if (answer.status !== 200 || pem.length > PEM_MAX) return undefined
      const key = await importX509(pem, 'RS256', { extractable: true })
      const spki = new Uint8Array((await crypto.subtle.exportKey('spki', key)) as ArrayBuffer)
      if (this.#kept.size >= KEPT_MAX) this.#kept.clear()
      this.#kept.set(url, spki)
      return spki
    } catch {
      return undefined
    }
  }
}
