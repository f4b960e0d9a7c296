import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import { press, request } from '../support/consent.ts'
import { answered, test, type World } from '../support/world.ts'

const newKey = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
const path = (url: string) => url.replace('https://floe.example.com', '')

/** Everything that carries a signature of ours and is in somebody's hands. */
async function handOut(world: World) {
  const { confirmation } = await request(world, 'bob@example.com')
  const { confirmation: cancelled } = await request(world, 'cy@example.com')
  const links = await world.links('ada@example.com')
  const page = await world.fetch(`${path(links.unsubscribeUrl)}/page`, {
    method: 'POST',
    body: new URLSearchParams({ scope: 'topic' }),
  })
  const undo = /name="undo" value="([\w-]+)"|value="([\w-]+)"[^>]*name="undo"/.exec(await page.text())!
  const proof = await answered(
    await world.call('/v1/consents/prove', { address: 'bob@example.com', topic: 'news' }),
  )
  return {
    ...links,
    confirmUrl: confirmation.confirmUrl,
    cancelUrl: cancelled.cancelUrl,
    undo: (undo[1] ?? undo[2])!,
    receipt: proof.receipt as string,
    apiKey: world.apiKey,
  }
}

type Handed = Awaited<ReturnType<typeof handOut>>

const verify = async (world: World, receipt: string) => {
  const jwks = await (await world.fetch('/.well-known/jwks.json')).json()
  return compactVerify(receipt, createLocalJWKSet(jwks as never), { algorithms: ['EdDSA'] })
}

/** Uses all of it, and demands that each does what it was handed out for. */
async function useAll(world: World, handed: Handed): Promise<void> {
  const undone = await world.fetch(`${path(handed.unsubscribeUrl)}/undo`, {
    method: 'POST',
    body: new URLSearchParams({ undo: handed.undo }),
  })
  expect(undone.status).toBe(200)
  expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
  expect((await world.fetch(handed.unsubscribeUrl, { method: 'POST' })).status).toBe(200)
  expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
  expect((await world.fetch(handed.unsubscribeUrl)).status).toBe(200)
  expect((await world.fetch(handed.preferencesUrl)).status).toBe(200)
  expect((await press(world, handed.confirmUrl)).status).toBe(200)
  expect((await world.fetch(handed.cancelUrl, { method: 'POST' })).status).toBe(200)
  await verify(world, handed.receipt)
}

test('whatever was handed out before a rotation works after it, and what is handed out then is signed by the new key', async ({
  ownWorld: world,
}) => {
  const handed = await handOut(world)
  await world.redeploy({
    TOKEN_KEYS: `2:${newKey()},${world.bindings['TOKEN_KEYS']}`,
    RECEIPT_KEYS: `2:${newKey()},${world.bindings['RECEIPT_KEYS']}`,
  })
  await useAll(world, handed)
  const { unsubscribeUrl } = await world.links('ada@example.com')
  // Three bits of version, five of the key's id.
  expect(Buffer.from(unsubscribeUrl.slice(-39), 'base64url')[0]! & 0x1f).toBe(2)
  expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
  const { receipt } = await answered(await world.call('/v1/consents/prove', { address: 'bob@example.com' }))
  expect(decodeProtectedHeader(receipt).kid).not.toBe(decodeProtectedHeader(handed.receipt).kid)
  await verify(world, receipt)
})

test('taking a leaked key out ends what it signed, and nothing is done by it', async ({
  ownWorld: world,
}) => {
  const handed = await handOut(world)
  const { confirmation } = await request(world, 'dora@example.com')
  await world.redeploy({ TOKEN_KEYS: `2:${newKey()}`, RECEIPT_KEYS: `2:${newKey()}` })
  await world.writesNothing(async () => {
    expect((await world.fetch(handed.unsubscribeUrl, { method: 'POST' })).status).toBe(404)
    expect((await world.fetch(handed.preferencesUrl)).status).toBe(404)
    expect((await press(world, confirmation.confirmUrl)).status).toBe(404)
    expect((await world.fetch(handed.cancelUrl, { method: 'POST' })).status).toBe(404)
    expect((await world.call('/v1/check', { topic: 'news', addresses: ['ada@example.com'] })).status).toBe(
      401,
    )
  })
  await expect(verify(world, handed.receipt)).rejects.toThrow()
})

test('a key that only verifies may be put in everywhere before any place signs with it', async ({
  ownWorld: world,
}) => {
  const next = `2:${newKey()}`
  const [old] = [world.bindings['TOKEN_KEYS']!]
  // While a deploy rolls out, old and new isolates answer in turn: what either signs, both must verify.
  await world.redeploy({ TOKEN_KEYS: `${next},${old}` })
  const { unsubscribeUrl } = await world.links('ada@example.com')
  await world.redeploy({ TOKEN_KEYS: `${old},${next}` })
  expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
})
