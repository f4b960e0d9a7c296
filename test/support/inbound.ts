import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { generate } from 'selfsigned'
import { expect } from 'vitest'
import { answered, testWith, type World } from './world.ts'

/** Returns a fixture in the documented format of its provider, with texts replaced. */
export function fixture(name: string, words: Record<string, string> = {}): string {
  const text = readFileSync(new URL(`../fixtures/inbound/${name}`, import.meta.url), 'utf8')
  const filled = Object.entries(words).reduce((sum, [word, by]) => sum.replaceAll(word, by), text)
  return name.endsWith('.eml') ? filled.replace(/\r?\n/g, '\r\n') : filled
}

/** Sets up a provider and returns its webhook path. */
export async function connect(world: World, provider: string, settings: object): Promise<string> {
  const { url } = await answered(await world.call(`/v1/inbound/${provider}`, settings, { method: 'PUT' }))
  return new URL(url).pathname
}

/** Calls as a provider does: without a key, with a body signed as is. */
export const deliver = (world: World, path: string, body: string, headers: Record<string, string> = {}) =>
  world.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

/** Returns the outcome of reports, with zeros for the rest. */
export const taken = (numbers: object) => ({
  taken: 0,
  suppressed: 0,
  repeated: 0,
  unusable: 0,
  unproven: 0,
  unknown: 0,
  reports: expect.any(Array),
  ...numbers,
})

/** Expects that a call or mail has no effect except that its refusal is counted for the workspace. */
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

/** Makes an SNS topic with Amazon's key and the URL of its certificate. */
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

const reporterKeys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const RECORD = `v=DKIM1; k=rsa; p=${reporterKeys.publicKey.toString('base64')}`

/** A reporter trusted by default, with the address of its reports. */
export const REPORTER = { domain: 'arf.mail.yahoo.com', address: 'feedback@arf.mail.yahoo.com' }

/** DNS records by name; undefined where DNS does not answer. `RECORD` is the key of `signedArf`. */
export const dns = new Map<string, string | undefined>([
  [`s1._domainkey.${REPORTER.domain}`, RECORD],
  ['s1._domainkey.mail.yahoo.com', RECORD],
  ['s1._domainkey.evil.example', RECORD],
  [`s._domainkey.${REPORTER.domain}._domainkey.evil.example`, RECORD],
  ['trial._domainkey.arf.mail.yahoo.com', `${RECORD}; t=y`],
  ['other._domainkey.arf.mail.yahoo.com', `${RECORD}; s=tlsrpt`],
  ['away._domainkey.arf.mail.yahoo.com', undefined],
])

/** A private key of an unknown signer. */
export const STRANGER = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey

/** How a complaint is signed, where that differs from its reporter. */
export interface Signing {
  from?: string
  domain?: string
  selector?: string
  fields?: string
  date?: Date
  privateKey?: string
}

/** Returns a complaint signed as its reporter does, by another library than ours, with texts replaced. */
export async function signedArf(words: Record<string, string>, signing: Signing = {}): Promise<string> {
  const {
    from = REPORTER.address,
    domain = REPORTER.domain,
    selector = 's1',
    date = new Date(),
    privateKey = reporterKeys.privateKey,
    fields = 'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type',
  } = signing
  const raw = fixture('arf.eml', {
    '<abusedesk@mailbox.example>': from,
    'Fri, 20 Nov 2026 15:00:00 +0000': date.toUTCString().replace('GMT', '+0000'),
    ...words,
  })
  const dkim = { domainName: domain, keySelector: selector, privateKey, headerFieldNames: fields }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', dkim })
  const { message } = await transport.sendMail({ envelope: { from, to: 'fb@north.example' }, raw })
  return (message as unknown as Buffer).toString('latin1')
}

/** Answers like a resolver of DNS over HTTPS. */
function resolved(name: string): Response {
  const text = dns.get(name)
  if (text === undefined && dns.has(name)) return new Response('', { status: 500 })
  const found = text === undefined ? { Status: 3 } : { Status: 0, Answer: [{ type: 16, data: `"${text}"` }] }
  return Response.json(found)
}

/** The SNS topic of tests. */
export const sns = await openSns()

/** URLs requested from other hosts. */
export const asked: string[] = []

/** A test in whose file's Floe Amazon and DNS answer. */
export const test = testWith({
  outbound(request) {
    asked.push(request.url)
    const { hostname, searchParams } = new URL(request.url)
    if (hostname === 'cloudflare-dns.com') return resolved(searchParams.get('name')!)
    if (request.url === sns.certificateUrl) return new Response(sns.cert)
    const good = searchParams.get('Token') === 'good'
    return new Response('', { status: good ? 200 : 403 })
  },
})
