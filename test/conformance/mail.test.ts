import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { createTransport } from 'nodemailer'
import { describe, expect } from 'vitest'
import { test as base, type ReceivedMail, type TestMail } from '../support/mail.ts'
import { answered, type World } from '../support/world.ts'
import { expectDone, ONCE, recipientOf, send } from './client.ts'

const RECIPIENTS = [
  'ada@example.com',
  'jörg@example.com',
  'o’hara+news@bücher.example',
  `${'very.long.name.'.repeat(3)}x@example.com`,
]
/** Whose program takes the link from what stands in the mail. */
const READER = 'reader@example.com'
const SIGNED =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Unsubscribe:List-Unsubscribe-Post'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

interface Minted {
  address: string
  unsubscribeUrl: string
  headers: Record<string, string>
}

/** Sends each recipient a newsletter with the header fields they were minted, signed, and returns what arrives. */
async function newsletter(
  mail: TestMail,
  links: Minted[],
  headerFieldNames?: string,
): Promise<ReceivedMail[]> {
  const earlier = new Set((await mail.list()).map(({ id }) => id))
  const dkim = { domainName: 'north.example', keySelector: 'spring', privateKey }
  const transport = createTransport({
    ...mail.smtp,
    dkim: { ...dkim, ...(headerFieldNames && { headerFieldNames }) },
  })
  try {
    for (const { address, unsubscribeUrl, headers } of links) {
      await transport.sendMail({
        from: { name: 'Käthe von North & Co.', address: 'news@north.example' },
        to: address,
        subject:
          '☀️ Frühling: neue Schuhe, größere Größen und alles, was sonst noch in den Laden gekommen ist',
        text: `Der Frühling ist da.\n\nKeine Post mehr? ${unsubscribeUrl}\n`,
        html: `<p>Der <b>Frühling</b> ist da.</p><p><a href="${unsubscribeUrl}">Keine Post mehr?</a></p>`,
        headers,
      })
    }
    const received = await mail.received(links.length, async ({ id }) => !earlier.has(id))
    return links.map(({ address }) => received.find(({ to }) => to === address)!)
  } finally {
    transport.close()
  }
}

const minted = async (world: World): Promise<Minted[]> =>
  (await answered(await world.call('/v1/links', { topic: 'news', recipients: [...RECIPIENTS, READER] })))
    .links

/** The newsletter as it lies in the inboxes, sent once for this file. */
const test = base.extend<{ $file: { inbox: ReceivedMail[] } }>({
  inbox: [
    async ({ sharedWorld, mailServer }, use) =>
      use(await newsletter(mailServer, await minted(sharedWorld), SIGNED)),
    { scope: 'file' },
  ],
})

/** Returns the lines of a header field as they stand in the message. */
function linesOf({ source }: ReceivedMail, name: string): string[] {
  const [head = ''] = source.toString('utf8').split('\r\n\r\n', 1)
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter(field => field.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  expect(fields).toHaveLength(1)
  return fields[0]!.split('\r\n')
}

/** Returns the value of a header field, unfolded as every reader does. */
const fieldOf = (mail: ReceivedMail, name: string) =>
  linesOf(mail, name)
    .join('')
    .slice(name.length + 1)
    .trim()

const linkOf = (mail: ReceivedMail) => /^<(https:\/\/[^<>\s]+)>/.exec(fieldOf(mail, 'List-Unsubscribe'))![1]!

/** Verifies a message as its receiver does, and says what its signature covers. */
async function verify(source: Buffer): Promise<{ result: string; covers: string[] }> {
  const { results } = await dkimVerify(source, {
    resolver: async (name: string) =>
      name === 'spring._domainkey.north.example'
        ? [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
        : [],
  })
  expect(results).toHaveLength(1)
  const { status, signingHeaders } = results[0]!
  return { result: status.result, covers: signingHeaders.keys.toLowerCase().split(/\s*:\s*/) }
}

describe('a newsletter that was really sent', () => {
  test('carries a signature that holds and covers both header fields', async ({ inbox }) => {
    for (const { source } of inbox) {
      const { result, covers } = await verify(source)
      expect(result).toBe('pass')
      expect(covers).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']))
    }
  })

  test.for([
    ['List-Unsubscribe', /(?<=\/u\/.{10})./],
    ['List-Unsubscribe-Post', /(?<=List-Unsubscribe=)One-Click/],
  ] as const)(
    'carries a signature that breaks when somebody changes %s on the way',
    async ([, place], { inbox }) => {
      for (const { source } of inbox) {
        const changed = source.toString('latin1').replace(place, found => (found === 'x' ? 'y' : 'x'))
        expect((await verify(Buffer.from(changed, 'latin1'))).result).toBe('fail')
      }
    },
  )

  test('has both fields just as they were minted: not encoded, no line over 78, no fold within the address', async ({
    inbox,
    sharedWorld: world,
  }) => {
    const links = await minted(world)
    for (const [i, mail] of inbox.entries()) {
      const { headers } = links[i]!
      for (const [name, value] of Object.entries(headers)) {
        expect(fieldOf(mail, name)).toBe(value)
        for (const line of linesOf(mail, name)) expect(line).toMatch(/^[\x20-\x7e]{1,78}$/)
      }
    }
  })

  test('unsubscribes each of its recipients, and them alone, by what its header says', async ({
    inbox,
    sharedWorld: world,
  }) => {
    const mails = inbox.slice(0, RECIPIENTS.length)
    expect(mails.map(({ to }) => to)).toEqual(RECIPIENTS)
    const left: string[] = []
    for (const mail of mails) {
      const [name, value] = fieldOf(mail, 'List-Unsubscribe-Post').split('=') as [string, string]
      const form = new FormData()
      form.set(name, value)
      const body = await new Response(form).bytes()
      const type = `multipart/form-data; boundary=${/--(\S+)/.exec(new TextDecoder().decode(body))![1]}`
      expectDone(
        await send(world, linkOf(mail), { headers: { 'content-type': type }, body: Buffer.from(body) }),
      )
      left.push(mail.to)
      const { results } = await answered(
        await world.call('/v1/check', { topic: 'news', addresses: RECIPIENTS }),
      )
      for (const { address, decision } of results)
        expect([address, decision]).toEqual([address, left.includes(address) ? 'deny' : 'allow'])
      expect(await (await recipientOf(world, mail.to)).traces()).toEqual(ONCE)
    }
  })

  test('has the same link in its text and its HTML, for clients that post to that one', async ({
    inbox,
    sharedWorld: world,
  }) => {
    for (const mail of inbox) {
      const [inText] = /https:\S+/.exec(mail.text)!
      const [, inHtml] = /href="([^"]+)"/.exec(mail.html)!
      expect([inText, inHtml]).toEqual([linkOf(mail), linkOf(mail)])
      if (mail.to === READER) expectDone(await send(world, inHtml!))
    }
    expect(await world.check(READER)).toMatchObject({ decision: 'deny' })
  })
})

test('a signer left to its own list of fields leaves out List-Unsubscribe-Post, so senders have to name it', async ({
  sharedWorld: world,
  mailServer,
}) => {
  const [mail] = await newsletter(mailServer, (await minted(world)).slice(0, 1))
  const { result, covers } = await verify(mail!.source)
  expect(result).toBe('pass')
  expect(covers).toContain('list-unsubscribe')
  expect(covers).not.toContain('list-unsubscribe-post')
})
