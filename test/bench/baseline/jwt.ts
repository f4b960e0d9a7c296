import { SignJWT } from 'jose'

const KEY = new Uint8Array(32).fill(7)

/** A link for each recipient by usual means: an HS256 JWT of jose with recipient and topic. */
export default {
  async fetch(request) {
    if (request.method === 'GET') return new Response('')
    const { topic, recipients } = (await request.json()) as { topic: string; recipients: string[] }
    const secret = await crypto.subtle.importKey('raw', KEY, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ])
    const links = await Promise.all(
      recipients.map(async address => {
        const token = await new SignJWT({ sub: address, topic })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(secret)
        return { address, unsubscribeUrl: `https://floe.example.com/u/${token}` }
      }),
    )
    return new Response(JSON.stringify({ links }), { headers: { 'content-type': 'application/json' } })
  },
} satisfies ExportedHandler
