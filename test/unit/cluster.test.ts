import { createHmac, hkdfSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { mintApiKey } from '../../core/api-key.ts'
import { CLUSTER_MAX, clusterNamed, clusterOf, numbersOf } from '../../core/cluster.ts'
import { openKeyring } from '../../core/keys.ts'
import { mintToken, seal, sealRow, unsealRow } from '../../core/token.ts'
import { mintPreview } from '../../worker/brand/preview-link.ts'
import { clusterOfPath } from '../../worker/cluster-of-path.ts'
import { clusterOfRequest } from '../../worker/cluster-of-request.ts'
import { pathOf } from '../../worker/http/route.ts'
import { mintHook } from '../../worker/inbound/hook.ts'
import { laneId } from '../../worker/lane/lane-id.ts'

const keyring = openKeyring([{ id: 3, key: new Uint8Array(32).fill(7) }])
const inCluster = (cluster: number) => cluster * 2 ** 24 + 5
const addressId = new Uint8Array(12).fill(0xab)
const ref = Uint8Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 255])

describe('numbers of a cluster', () => {
  test.for([0, 1, 127, 128, 255])('%i are of a range of its own', cluster => {
    const { first, last } = numbersOf(cluster)
    expect([first - 1, first, last, last + 1].map(clusterOf)).toEqual([
      cluster,
      cluster,
      cluster,
      (cluster + 1) % 256,
    ])
    expect(last).toBeLessThan(2 ** 32)
  })

  test('of the first begin where they always did', () => {
    expect(numbersOf(0).first).toBe(1)
  })

  test('of the last end with the 32 bits that links have for a number', () => {
    expect(numbersOf(CLUSTER_MAX).last).toBe(2 ** 32 - 1)
  })
})

describe('a link to one row', () => {
  test('of the first cluster is what it always was', () => {
    const before = seal(keyring, 'confirm', Uint8Array.from([0, ...ref]))
    expect(sealRow(keyring, 'confirm', 0, ref)).toBe(before)
    expect(unsealRow(keyring, 'confirm', before)).toEqual(ref)
    expect(clusterNamed('confirm', before)).toBe(0)
  })

  test.for([1, 9, 255])('of cluster %i is as long, says so, and leads back to its row', cluster => {
    const text = sealRow(keyring, 'access', cluster, ref)
    expect(text).toHaveLength(32)
    expect(clusterNamed('access', text)).toBe(cluster)
    expect(unsealRow(keyring, 'access', text)).toEqual(ref)
  })

  test('is laid out as documented: version and key id, cluster, reference, and a code that is shorter by one', () => {
    const body = Buffer.from([0b010_00011, 9, ...ref])
    const key = hkdfSync('sha256', Buffer.alloc(32, 7), '', 'floe/v1/token/access', 32)
    const code = createHmac('sha256', Buffer.from(key)).update(body).digest().subarray(0, 11)
    expect(sealRow(keyring, 'access', 9, ref)).toBe(Buffer.concat([body, code]).toString('base64url'))
  })

  test('leads nowhere once a letter of it has changed, its cluster included, or for another purpose', () => {
    const text = sealRow(keyring, 'access', 1, ref)
    for (let i = 0; i < text.length; i++) {
      const other = `${text.slice(0, i)}${text[i] === 'A' ? 'B' : 'A'}${text.slice(i + 1)}`
      expect(unsealRow(keyring, 'access', other), other).toBeUndefined()
    }
    expect(unsealRow(keyring, 'correction', text)).toBeUndefined()
    expect(unsealRow(keyring, 'confirm', text)).toBeUndefined()
  })
})

describe('a request is about the cluster that is named', () => {
  const token = (cluster: number) =>
    mintToken(keyring, 'unsubscribe', { topic: inCluster(cluster), addressId, ref: new Uint8Array() })
  const key = (cluster: number) => mintApiKey(keyring, inCluster(cluster), inCluster(cluster)).text
  const hook = (cluster: number) =>
    mintHook(keyring, { tenant: inCluster(cluster), workspace: inCluster(cluster) })
  const preview = (cluster: number) =>
    mintPreview(keyring, { workspace: inCluster(cluster), digest: new Uint8Array(8), expiresAt: 1 })
  const row = (cluster: number) => sealRow(keyring, 'confirm', cluster, ref)
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

  const NAMING: [what: string, of: (cluster: number) => [path: string, headers?: Record<string, string>]][] =
    [
      ['by an unsubscribe link', n => [`/u/${token(n)}`]],
      ['by its page', n => [`/u/${token(n)}/page?x=%`]],
      [
        'by an unsubscribe link spelled with percent signs',
        n => [`/%75/%${hex(token(n)[0]!)}${token(n).slice(1)}`],
      ],
      ['by a preference link', n => [`/p/${token(n)}/access`]],
      ['by a sign-up’s link', n => [`/c/${row(n)}/cancel`]],
      ['by an access link', n => [`/a/${row(n)}`]],
      ['by a correction’s link', n => [`/r/${row(n)}`]],
      ['by a preview', n => [`/brand/preview/${preview(n)}`]],
      ['by a file of a look', n => [`/brand/${inCluster(n)}.0123456789abcdef.css`]],
      ['by an API key', n => ['/v1/check', bearer(key(n))]],
      [
        'by an API key as a password',
        n => ['/v1/inbound/postmark', { authorization: `Basic ${btoa(`floe:${key(n)}`)}` }],
      ],
      ['by a provider’s address', n => [`/v1/inbound/ses/${hook(n)}`]],
    ]
  const hex = (text: string) => text.charCodeAt(0).toString(16)
  const named = (path: string, headers: Record<string, string> = {}) => {
    const request = new Request(`https://floe.example.com${path}`, { headers })
    return clusterOfRequest(request, pathOf(request), clusterOfPath)
  }

  test.for(NAMING)('%s', ([, of]) => {
    for (const cluster of [0, 1, 200]) {
      expect(named(...of(cluster))).toBe(cluster)
    }
  })

  test.for([
    '/',
    '/healthz',
    '/u/',
    '/u/x',
    '/c/-',
    '/u/%ZZ%',
    '/brand/',
    '/brand/x.css',
    '/brand/preview/',
    '/v1/check',
    '/v1/inbound/ses/in_',
    '/your-data',
  ])('the first where nothing names one: %s', path => {
    expect(named(path)).toBe(0)
    expect(named(path, { authorization: 'Bearer x' })).toBe(0)
  })
})

describe('the write lane', () => {
  /** Names an object as the platform does, where it is as well. */
  const lanes = (where: string): unknown => ({
    idFromName: (name: string) => `${where}: ${name}`,
    jurisdiction: (place: string) => lanes(place),
  })
  const idOf = (cluster: Parameters<typeof laneId>[1]) => laneId(lanes('anywhere') as never, cluster)

  test('of the first cluster has the name it always had: what it holds lies under it', () => {
    expect(idOf({ number: 0 })).toBe('anywhere: primary')
  })

  test('of another has its number, in the jurisdiction it was given', () => {
    expect(idOf({ number: 7 })).toBe('anywhere: cluster 7')
    expect(idOf({ number: 1, jurisdiction: 'eu' })).toBe('eu: cluster 1')
  })
})
