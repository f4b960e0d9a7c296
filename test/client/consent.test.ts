import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { CompactSign, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { afterAll, describe, expect } from 'vitest'
import { createClient } from '../../client/client.ts'
import { floe } from '../support/cli.ts'
import { press } from '../support/consent.ts'
import { test, type World } from '../support/world.ts'

const dir = mkdtempSync(`${tmpdir()}/floe-cli-`)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const clientOf = (world: World) => createClient({ baseUrl: world.url, apiKey: world.apiKey })
const signUp = {
  address: 'bob@example.com',
  topics: ['news'],
  source: { url: 'https://north.example/newsletter' },
  notice: { name: 'privacy', version: '1' },
}

test('the client asks, proves and withdraws', async ({ world }) => {
  const client = clientOf(world)
  const { status, confirmation } = await client.subscribe(signUp)
  expect(status).toBe('pending')
  await press(world, confirmation!.confirmUrl)
  expect((await client.prove('bob@example.com', 'news')).topics).toMatchObject([
    { state: 'confirmed', decision: 'allow' },
  ])
  expect(await client.withdraw({ address: 'bob@example.com' }, ['news'])).toBe('withdrawn')
  expect(await client.withdraw({ address: 'bob@example.com' }, ['news'])).toBe('unchanged')
})

describe('floe consents', () => {
  const at = '2025-03-04T05:06:07Z'

  test('records a CSV, names the lines that are not taken, and does nothing the second time', async ({
    world,
  }) => {
    const file = `${dir}/consents.csv`
    writeFileSync(
      file,
      `${[
        'address,topic,basis,at,sourceUrl,notice,noticeVersion,wording',
        `bob@example.com,news,express,${at},https://north.example/,privacy,1,"Yes, ""please"""`,
        `nobody,news,express,${at},,,,`,
        `cleo@example.com,offers,soft_opt_in,${at},,,,`,
      ].join('\r\n')}\r\n`,
    )
    expect(await floe(world, ['consents', file])).toEqual({
      code: 1,
      out: 'line 3: invalid address\n',
      err: '2 recorded, 0 there already, 1 not taken\n',
    })
    expect((await floe(world, ['consents', file])).err).toBe('0 recorded, 2 there already, 1 not taken\n')
    const { history } = await clientOf(world).prove('bob@example.com')
    expect(history).toMatchObject([
      {
        data: { basis: 'express', givenAt: '2025-03-04T05:06:07.000Z', notice: 'privacy' },
        evidence: { source: { url: 'https://north.example/' }, wording: 'Yes, "please"' },
      },
    ])
  })

  test('records NDJSON from a pipe, more than one call takes, and tells a program', async ({ world }) => {
    const lines = Array.from({ length: 1001 }, (_, i) =>
      JSON.stringify({ address: `person-${i}@example.com`, topic: 'news', basis: 'contract', at }),
    )
    const { code, out, err } = await floe(
      world,
      ['consents', '--format', 'ndjson', '--json'],
      lines.join('\n'),
    )
    // Where it takes long, it says in between how far it is.
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/(?:^|\n)1,001 recorded, 0 there already, 0 not taken\n$/),
    ])
    const said = out.trim().split('\n')
    expect(said).toHaveLength(1001)
    expect(JSON.parse(said[1000]!)).toMatchObject({
      line: 1001,
      address: 'person-1000@example.com',
      outcome: 'recorded',
    })
  })
})

describe('floe verify', () => {
  const saved = async (world: World) => {
    const client = clientOf(world)
    const { confirmation } = await client.subscribe(signUp)
    await press(world, confirmation!.confirmUrl)
    const { receipt } = await client.prove('bob@example.com', 'news')
    const [jws, jwks] = [`${dir}/receipt.jws`, `${dir}/jwks.json`]
    writeFileSync(jws, `${receipt}\n`)
    writeFileSync(jwks, await (await world.fetch('/.well-known/jwks.json')).text())
    return { receipt, jws, jwks }
  }

  test('says offline, with saved keys, that a receipt is genuine and what it says', async ({ world }) => {
    const { jws, jwks } = await saved(world)
    const { code, out, err } = await floe(undefined, ['verify', jws, '--jwks', jwks])
    expect([code, err]).toEqual([0, `genuine by the keys of ${jwks}: signed by https://floe.example.com\n`])
    expect(out).toMatch(/^sender +North & Co\.$/m)
    expect(out).toMatch(/^topic +news {2}confirmed {2}express {2}since /m)
    expect(out).toMatch(/^event +\S+ {2}requested by key_/m)
    expect(out).toMatch(/^event +\S+ {2}given by recipient$/m)
  })

  test('says so of a receipt from when receipts held a hash of the address and a link, too', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
    const former = {
      iss: 'https://floe.example.com',
      issued_at: '2026-11-01T00:00:00.000Z',
      record: { record_id: 'r', pii_principal_id: `sha256:${'a'.repeat(64)}` },
      pii_processing: {
        purposes: [
          {
            purpose_id: 'news',
            consent_state: 'confirmed',
            withdrawal_method: `https://floe.example.com/p/${'A'.repeat(39)}`,
          },
        ],
      },
      party_identification: [{ party_name: 'North & Co.' }],
      event: [],
      event_history: 'newest events only',
    }
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(former)))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'receipt-1', typ: 'consent-receipt+jws' })
      .sign(privateKey)
    const jwks = `${dir}/former.json`
    writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'receipt-1' }] }))
    const { code, out } = await floe(undefined, ['verify', '-', '--jwks', jwks], jws)
    expect(code).toBe(0)
    expect(out).toMatch(/^about +sha256:a{64}$/m)
    expect(out).toMatch(/^events +newest events only$/m)
  })

  test('asks Floe for its keys when none are named', async ({ world }) => {
    const { receipt } = await saved(world)
    const { code, out } = await floe(world, ['verify', '--json'], receipt)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ iss: 'https://floe.example.com' })
  })

  test.for<[what: string, change: (jws: string) => string]>([
    [
      'whose content was changed',
      jws => {
        const [head, content, signature] = jws.split('.') as [string, string, string]
        const text = Buffer.from(content, 'base64url').toString().replace('"confirmed"', '"ended"')
        return [head, Buffer.from(text).toString('base64url'), signature].join('.')
      },
    ],
    ['whose signature was cut', jws => jws.slice(0, -2)],
    ['that says it needs no signature', jws => `${btoa('{"alg":"none"}')}.${jws.split('.')[1]}.`],
  ])('ends with 1 for a receipt %s', async ([, change], { world }) => {
    const { receipt, jwks } = await saved(world)
    const { code, out, err } = await floe(undefined, ['verify', '-', '--jwks', jwks], change(receipt))
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('not genuine')
  })

  test('calls none forged that other keys cannot tell: it names who is said to have signed it, and ends with 3', async ({
    world,
  }) => {
    const { receipt, jwks } = await saved(world)
    const { keys } = JSON.parse(readFileSync(jwks, 'utf8'))
    writeFileSync(jwks, JSON.stringify({ keys: keys.map((key: object) => ({ ...key, kid: 'receipt-9' })) }))
    const said = expect.stringMatching(
      /^cannot be checked by the keys of .*: it says that https:\/\/floe\.example\.com signed it with [\w-]{43}\. /,
    )
    expect(await floe(undefined, ['verify', '-', '--jwks', jwks], receipt)).toEqual({
      code: 3,
      out: '',
      err: said,
    })
    // Another Floe, whose key has the same name.
    const { publicKey } = await generateKeyPair('EdDSA', { extractable: true })
    const { kid } = decodeProtectedHeader(receipt)
    const others = createServer(async (_, answer) =>
      answer.end(JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] })),
    )
    await new Promise<void>(resolve => others.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(others.address() as AddressInfo).port}`
    expect(await floe(undefined, ['verify', '-', '--url', url], receipt)).toEqual({
      code: 3,
      out: '',
      err: said,
    })
    others.close()
  })

  test('ends with 2 where there are no keys, or no receipt', async ({ world }) => {
    const { receipt, jwks } = await saved(world)
    const { code, err } = await floe(undefined, ['verify', '-', '--jwks', `${dir}/nowhere.json`], receipt)
    expect([code, err]).toEqual([2, expect.stringContaining('There are no keys')])
    const none = await floe(undefined, ['verify', '-', '--jwks', jwks], 'not a receipt')
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('This is no receipt.')])
  })
})
