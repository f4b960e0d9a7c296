import { type CloudEvent, HTTP } from 'cloudevents'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import type { WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import { newSecret, openSecrets, sealSecret } from '../../worker/webhook/endpoint.ts'
import { cloudEvent, signedHeaders } from '../../worker/webhook/message.ts'
import { newCipher } from '../support/data-keys.ts'

const EVENT = {
  id: '01a20ef7-050d-77e9-9c5e-88c7d6c18278',
  at: '2026-11-24T19:09:59.437Z',
  type: 'suppression.added' as const,
  actor: 'recipient',
  addressId: 'ZcEVw1k06euRid9P',
  subject: 'sup_ZcEVw1k06euRid9PAAAAAAYH',
  data: { reason: 'unsubscribed' },
  leaf: 'c9957e',
}
const BODY = cloudEvent(EVENT, 'https://floe.example.com')
const headersOf = (secrets: string[], now = Date.now()) => signedHeaders(EVENT.id, BODY, secrets, now)

test('an event is a CloudEvent, as their own SDK sees it, and holds what the feed gives', async () => {
  const read = HTTP.toEvent({ headers: await headersOf([newSecret()]), body: BODY }) as CloudEvent<unknown>
  expect(read.validate()).toBe(true)
  expect(read).toMatchObject({
    specversion: '1.0',
    id: EVENT.id,
    type: EVENT.type,
    subject: EVENT.subject,
    time: EVENT.at,
    source: 'https://floe.example.com/v1/events',
  })
  expect(read.data).toEqual(EVENT)
})

describe('a delivery', () => {
  const secret = newSecret()

  test('is verified with the library of Standard Webhooks', async () => {
    expect(new Webhook(secret).verify(BODY, await headersOf([secret]))).toEqual(JSON.parse(BODY))
  })

  test('is verified with the old secret and with the new one while both count', async () => {
    const old = newSecret()
    const headers = await headersOf([secret, old])
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2)
    for (const one of [secret, old]) expect(() => new Webhook(one).verify(BODY, headers)).not.toThrow()
  })

  test.for<[what: string, body: string, secret: string, at: number]>([
    ['by another secret', BODY, newSecret(), Date.now()],
    ['when a letter of it was changed', BODY.replace('recipient', 'operator_'), secret, Date.now()],
    ['when it is played again later', BODY, secret, Date.now() - 6 * 60_000],
  ])('is not verified %s', async ([, body, verifier, at]) => {
    const headers = await headersOf([secret], at)
    expect(() => new Webhook(verifier).verify(body, headers)).toThrow()
  })
})

describe('a secret', () => {
  const cipher = newCipher()
  const id = new Uint8Array(12).fill(7)
  const kept = async (more: Partial<WebhookEndpoint> = {}) =>
    ({
      id,
      tenant: 1,
      secret: await sealSecret(cipher, 1, id, 'whsec_new'),
      oldSecret: await sealSecret(cipher, 1, id, 'whsec_old'),
      oldSecretUntil: 1000,
      ...more,
    }) as WebhookEndpoint

  test('has 256 random bits', () => {
    expect(Buffer.from(newSecret().replace('whsec_', ''), 'base64')).toHaveLength(32)
    expect(newSecret()).not.toBe(newSecret())
  })

  test('signs beside the one before it, until that has had its time', async () => {
    expect(await openSecrets(cipher, await kept(), 999)).toEqual(['whsec_new', 'whsec_old'])
    expect(await openSecrets(cipher, await kept(), 1000)).toEqual(['whsec_new'])
  })

  test('is kept so that it cannot be read, nor moved to another endpoint or tenant', async () => {
    const row = await kept()
    expect(Buffer.from(row.secret).includes('whsec_')).toBe(false)
    await expect(openSecrets(cipher, await kept({ id: new Uint8Array(12).fill(8) }), 0)).rejects.toThrow()
    await expect(openSecrets(cipher, await kept({ tenant: 2 }), 0)).rejects.toThrow()
  })
})
