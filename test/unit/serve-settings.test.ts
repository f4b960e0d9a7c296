import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSecrets } from '../../local/secrets.ts'
import { demandUsable, readServeSettings } from '../../local/serve-settings.ts'

const SECRET = 's'.repeat(43)
const ENV = { FLOE_STATE: '/var/lib/floe', PROXY_SECRET: SECRET }
let folder: string

beforeAll(() => {
  folder = mkdtempSync(`${tmpdir()}/floe-settings-`)
  writeFileSync(`${folder}/INDEX_KEY`, 'from a file\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('what serves Floe on a machine of its own', () => {
  test('is given vars and secrets by their names, from the environment and from credentials, and nothing else', () => {
    const env = { ...ENV, CREDENTIALS_DIRECTORY: folder, BASE_URL: 'https://floe.acme.example', HOME: '/' }
    expect(readServeSettings(env)).toEqual({
      state: '/var/lib/floe',
      port: 8787,
      proxySecret: SECRET,
      bindings: { BASE_URL: 'https://floe.acme.example', INDEX_KEY: 'from a file' },
    })
    const ports = { PORT: '80', CONSOLE_PORT: '81', LMTP_PORT: '24' }
    expect(readServeSettings({ ...ENV, ...ports })).toMatchObject({ port: 80, consolePort: 81, lmtpPort: 24 })
  })

  test.for<[what: string, env: NodeJS.ProcessEnv, why: RegExp]>([
    ['without a folder for its state', { FLOE_STATE: undefined }, /FLOE_STATE must be the absolute path/],
    ['with a folder that depends on where it is started', { FLOE_STATE: 'state' }, /FLOE_STATE/],
    ['without the proxy’s secret', { PROXY_SECRET: undefined }, /PROXY_SECRET must be 32 characters/],
    ['with one that can be guessed', { PROXY_SECRET: 'secret' }, /PROXY_SECRET/],
    ['with one that a header field cannot hold', { PROXY_SECRET: `${SECRET} ${SECRET}` }, /PROXY_SECRET/],
    ['with a port that is none', { PORT: '65536' }, /^PORT is no port$/],
    ['with a setting of two values', { INDEX_KEY: 'another' }, /^INDEX_KEY is given twice/],
  ])('does not start %s', ([, env, why]) => {
    let said = ''
    try {
      readServeSettings({ ...ENV, CREDENTIALS_DIRECTORY: folder, ...env })
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toMatch(why)
    expect(said).not.toContain(SECRET)
  })

  test('does not start while a setting is an example, or where a Worker could not', () => {
    const { tokenKeys, accessKeys, receiptKeys, indexKey, keyEncryptionKeys } = newSecrets()
    const usable = {
      BASE_URL: 'https://floe.acme.example',
      DATABASE_URL: 'http://127.0.0.1:8080',
      MAIL_FROM: 'confirm@floe.acme.example',
      MAIL_URL: 'smtp://127.0.0.1:25',
      TOKEN_KEYS: tokenKeys,
      ACCESS_KEYS: accessKeys,
      RECEIPT_KEYS: receiptKeys,
      INDEX_KEY: indexKey,
      KEY_ENCRYPTION_KEYS: keyEncryptionKeys,
    }
    expect(() => demandUsable(usable)).not.toThrow()
    expect(() => demandUsable({ ...usable, BASE_URL: 'https://floe.example.com' })).toThrow(
      'Still an example, set your own: BASE_URL',
    )
    for (const name of ['DATABASE_URL', 'TOKEN_KEYS', 'RECEIPT_KEYS', 'MAIL_URL'])
      expect(() => demandUsable({ ...usable, [name]: 'none' })).toThrow(name)
  })
})
