import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { createTransport } from 'nodemailer'
import { expect } from 'vitest'
import { startMailServer } from '../../local/mail.ts'
import { freePorts } from '../../local/port.ts'
import { answered, test } from '../support/world.ts'

const RECIPIENTS = [
  'ada@example.com',
  'o.hara+news@bücher.example',
  `${'very.long.name.'.repeat(3)}x@example.com`,
]

/** Returns the value of a header field of a raw message, unfolded, for each time it stands there. */
function fields(raw: string, name: string): string[] {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  return head
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter(line => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map(line => line.slice(name.length + 1).trim())
}

test('a real message, signed and sent and read back, unsubscribes by the link in its header', async ({
  world,
}) => {
  const dir = await mkdtemp(`${tmpdir()}/floe-mail-`)
  const [smtpPort, webPort] = (await freePorts(2)) as [number, number]
  const mail = await startMailServer({ smtpPort, webPort, dir: `${dir}/mail` })
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dnsKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const transport = createTransport({
    host: mail.smtp.host,
    port: mail.smtp.port,
    ignoreTLS: true,
    dkim: {
      domainName: 'north.example',
      keySelector: 's1',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      headerFieldNames: 'from:to:subject:date:message-id:mime-version:list-unsubscribe:list-unsubscribe-post',
    },
  })
  try {
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: RECIPIENTS }))
    for (const { address, unsubscribeUrl, headers } of links) {
      await transport.sendMail({
        from: 'North & Co. <news@north.example>',
        to: address,
        subject:
          'Grüße aus dem Norden: über 40 neue Dinge, und ein Betreff, der lang genug ist, um umgebrochen zu werden',
        text: `Guten Tag,\n\nabmelden: ${unsubscribeUrl}\n`,
        html: `<p>Guten Tag</p><p><a href="${unsubscribeUrl}">abmelden</a></p>`,
        headers,
      })
    }
    const inbox = await answered(await fetch(`${mail.inboxUrl}/email`))
    expect(inbox).toHaveLength(RECIPIENTS.length)
    for (const { id } of inbox) {
      const raw = await (await fetch(`${mail.inboxUrl}/email/${id}/download`)).text()
      const [list, ...more] = fields(raw, 'List-Unsubscribe')
      expect(more).toEqual([])
      expect(fields(raw, 'List-Unsubscribe-Post')).toEqual(['List-Unsubscribe=One-Click'])
      // As it was minted: not encoded, not folded within the link.
      const url = /^<(https:\/\/floe\.example\.com\/u\/[\w-]{39})>$/.exec(list ?? '')?.[1]
      expect(url, list).toBeDefined()
      expect(raw).toContain(`<${url}>`)
      expect(raw.split('\r\n').every(line => line.length <= 998)).toBe(true)

      const { results } = await dkimVerify(Buffer.from(raw), {
        resolver: async (name: string) => {
          if (name !== 's1._domainkey.north.example')
            throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
          return [[`v=DKIM1; k=rsa; p=${dnsKey}`]]
        },
      })
      expect(results).toHaveLength(1)
      expect(results[0]!.status.result).toBe('pass')
      const signed = results[0]!.signingHeaders.keys.split(':').map((key: string) => key.trim().toLowerCase())
      expect(signed).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']))

      const answer = await world.fetch(url!, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: fields(raw, 'List-Unsubscribe-Post')[0]!,
      })
      expect(answer.status).toBe(200)
    }
    const { results } = await answered(
      await world.call('/v1/check', { topic: 'news', addresses: RECIPIENTS }),
    )
    expect(results.map((result: { decision: string }) => result.decision)).toEqual(
      RECIPIENTS.map(() => 'deny'),
    )
  } finally {
    transport.close()
    await mail.stop()
    await rm(dir, { recursive: true, force: true })
  }
})
