import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server with the HTTP API v1 of HashiCorp Vault's Transit engine and its own AES-256-GCM. */
export interface VaultServer {
  url: string
  token: string
  /** Whether it is sealed. */
  sealed: boolean
  /** Replaces the token, so that the former one is refused. */
  revokeToken(): void
  /** Replaces every answer; undefined for the engine's own. */
  instead: { status: number; body: string; headers?: Record<string, string> } | undefined
  /** Whether it leaves calls unanswered. */
  silent: boolean
  /** Adds a version of the key; earlier versions still decrypt. */
  rotate(): void
  /** Refuses lower versions. */
  minDecryptionVersion: number
  /** Paths of the calls it got. */
  calls: string[]
  namespaces: (string | undefined)[]
  close(): Promise<void>
}

const NONCE = 12
const TAG = 16

/** Starts a server with the key `transit/floe`. */
export async function startVault(): Promise<VaultServer> {
  const versions = [randomBytes(32)]
  const errors = (...said: string[]) => ({ errors: said })
  const data = (fields: object) => ({
    request_id: randomUUID(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: fields,
    wrap_info: null,
    warnings: null,
    auth: null,
  })
  function answer(path: string, token: string | undefined, body: Record<string, string>): [number, object] {
    if (vault.sealed) return [503, errors('Vault is sealed')]
    if (token !== vault.token)
      return [403, errors('2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n')]
    if (path.startsWith('/v1/transit/keys/floe'))
      return manage(path.slice('/v1/transit/keys/floe'.length), body)
    const [, act, key] = /^\/v1\/transit\/(encrypt|decrypt)\/([\w.-]+)$/.exec(path) ?? []
    if (!act) return [404, errors(`no handler for route "${path.slice(4)}". route entry not found.`)]
    if (key !== 'floe') return [400, errors('encryption key not found')]
    const associated = Buffer.from(body['associated_data'] ?? '', 'base64')
    if (act === 'encrypt') {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, nonce).setAAD(associated)
      const text = [nonce, cipher.update(body['plaintext']!, 'base64'), cipher.final(), cipher.getAuthTag()]
      const ciphertext = `vault:v${versions.length}:${Buffer.concat(text).toString('base64')}`
      return [200, data({ ciphertext, key_version: versions.length })]
    }
    const [, version, encoded] = /^vault:v(\d+):(.*)$/.exec(body['ciphertext'] ?? '') ?? []
    if (encoded === undefined) return [400, errors('invalid ciphertext: no prefix')]
    if (Number(version) < vault.minDecryptionVersion)
      return [400, errors('ciphertext or signature version is disallowed by policy (too old)')]
    const secret = versions[Number(version) - 1]
    const sealed = Buffer.from(encoded, 'base64')
    if (!secret || sealed.length < NONCE + TAG) return [400, errors('invalid ciphertext: wrong length')]
    try {
      const cipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, NONCE)).setAAD(associated)
      cipher.setAuthTag(sealed.subarray(-TAG))
      const plain = Buffer.concat([cipher.update(sealed.subarray(NONCE, -TAG)), cipher.final()])
      return [200, data({ plaintext: plain.toString('base64') })]
    } catch {
      return [400, errors('cipher: message authentication failed')]
    }
  }
  /** Answers calls that manage the key. */
  function manage(path: string, body: Record<string, string | number>): [number, object] {
    if (path === '')
      return [
        200,
        data({
          latest_version: versions.length,
          min_decryption_version: vault.minDecryptionVersion,
          min_available_version: minAvailableVersion,
        }),
      ]
    if (path === '/rotate') vault.rotate()
    else if (path === '/config') {
      vault.minDecryptionVersion = Number(body['min_decryption_version'])
      minEncryptionVersion = Number(body['min_encryption_version'])
    } else if (path === '/trim') {
      const least = Number(body['min_available_version'])
      if (minEncryptionVersion === 0 || least > Math.min(vault.minDecryptionVersion, minEncryptionVersion))
        return [
          400,
          errors('minimum available version cannot be higher than minimum decryption/encryption version'),
        ]
      minAvailableVersion = least
      versions.fill(Buffer.alloc(0), 0, least - 1)
    } else return [404, errors('unsupported path')]
    return [200, data({})]
  }
  let minAvailableVersion = 0
  let minEncryptionVersion = 0
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => {
      text += chunk
    })
    request.on('end', () => {
      vault.calls.push(request.url!)
      vault.namespaces.push(request.headers['x-vault-namespace'] as string | undefined)
      if (vault.silent) return
      if (vault.instead) {
        response.writeHead(vault.instead.status, vault.instead.headers)
        response.end(vault.instead.body)
        return
      }
      const [status, body] = answer(
        request.url!,
        request.headers['x-vault-token'] as string | undefined,
        (text === '' ? {} : JSON.parse(text)) as Record<string, string>,
      )
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const vault: VaultServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: `hvs.${randomBytes(18).toString('base64url')}`,
    sealed: false,
    instead: undefined,
    silent: false,
    minDecryptionVersion: 1,
    calls: [],
    namespaces: [],
    revokeToken() {
      vault.token = `hvs.${randomBytes(18).toString('base64url')}`
    },
    rotate() {
      versions.push(randomBytes(32))
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return vault
}
