import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { generate } from 'selfsigned'
import { expect } from 'vitest'
import { answered, testWith, type World } from './world.ts'

/** Returns a fixture, in the shape its provider documents, with the given words put in. */
export function fixture(name: string, words: Record<string, string> = {}): string {
  const text = readFileSync(new URL(`../fixtures/inbound/${name}`, import.meta.url), 'utf8')
  const filled = Object.entries(words).reduce((sum, [word, by]) => sum.replaceAll(word, by), text)
  return name.endsWith('.eml') ? filled.replace(/\r?\n/g, '\r\n') : filled
}

/** Sets up a provider and returns the path it is to call. */
export async function connect(world: World, provider: string, settings: object): Promise<string> {
  const { url } = await answered(await world.call(`/v1/inbound/${provider}`, settings, { method: 'PUT' }))
  return new URL(url).pathname
}

/** Calls as a provider does: with no key, and a body that was signed as it stands. */
export const deliver = (world: World, path: string, body: string, headers: Record<string, string> = {}) =>
  world.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

/** What became of reports, and nothing else. */
export const taken = (numbers: object) => ({ taken: 0, suppressed: 0, repeated: 0, unusable: 0, ...numbers })

/** Expects that a call or mail did nothing, and that its workspace can see that it was counted. */
export async function expectRefused(world: World, door: string, why: string, act: () => Promise<unknown>) {
  const before = await count(world, door, why)
  await world.writesNothing(act)
  expect(await count(world, door, why)).toBe(before + 1)
}

async function count(world: World, door: string, why: string): Promise<number> {
  const { refused } = await answered(await world.call('/v1/inbound/refused', undefined, { method: 'GET' }))
  const all = refused as { door: string; why: string; count: number }[]
  return all.find(row => row.door === door && row.why === why)?.count ?? 0
}

const MAILGUN_KEY = 'key-0123456789abcdef0123456789abcdef'

/** A Mailgun account. */
export const MAILGUN = {
  settings: { signingKey: MAILGUN_KEY },
  body(event: string, { token = 'a'.repeat(50), at = Date.now(), key = MAILGUN_KEY } = {}): string {
    const timestamp = String(Math.floor(at / 1000))
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex')
    return JSON.stringify({ signature: { token, timestamp, signature }, 'event-data': JSON.parse(event) })
  },
}

const sendgridKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A SendGrid account. */
export const SENDGRID = {
  settings: { publicKey: sendgridKey.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
  headers(body: string, { at = Date.now(), key = sendgridKey.privateKey } = {}) {
    const timestamp = String(Math.floor(at / 1000))
    return {
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
      'X-Twilio-Email-Event-Webhook-Signature': sign('sha256', Buffer.from(timestamp + body), key).toString(
        'base64',
      ),
    }
  },
}

/** Makes an SNS topic, Amazon's key for it, and where its certificate stands. */
async function openSns() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'sns.amazonaws.com' }])
  const topicArn = 'arn:aws:sns:eu-west-1:123456789012:bounces'
  const host = 'https://sns.eu-west-1.amazonaws.com'
  const certificateUrl = `${host}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`
  return {
    settings: { topicArn },
    cert,
    certificateUrl,
    host,
    /** Returns a message as SNS sends it, signed over `fields`, then changed by `after`. */
    message(
      fields: Record<string, string>,
      { version = '2', after = {} }: { version?: string; after?: object } = {},
    ) {
      const message: Record<string, string> = {
        Type: 'Notification',
        MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
        TopicArn: topicArn,
        Timestamp: new Date().toISOString(),
        ...fields,
      }
      const names = [
        'Message',
        'MessageId',
        'Subject',
        'SubscribeURL',
        'Timestamp',
        'Token',
        'TopicArn',
        'Type',
      ]
      const text = names.map(name => (name in message ? `${name}\n${message[name]}\n` : '')).join('')
      const hash = version === '1' ? 'sha1' : 'sha256'
      return JSON.stringify({
        ...message,
        SignatureVersion: version,
        Signature: sign(hash, Buffer.from(text), key).toString('base64'),
        SigningCertURL: certificateUrl,
        ...after,
      })
    },
  }
}

/** The topic of SNS that tests are notified by. */
export const sns = await openSns()

/** What Amazon was asked for. */
export const asked: string[] = []

/** A test whose file's Floe finds Amazon's hosts answering. */
export const test = testWith({
  outbound(request) {
    asked.push(request.url)
    if (request.url === sns.certificateUrl) return new Response(sns.cert)
    const good = new URL(request.url).searchParams.get('Token') === 'good'
    return new Response('', { status: good ? 200 : 403 })
  },
})
