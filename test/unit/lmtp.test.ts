import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { openMailDoor } from '../../local/lmtp.ts'

test('a mail server is answered for each recipient: taken, refused for good, or to come again', async () => {
  const taken: string[] = []
  const door = await openMailDoor(0, async ({ from, to }, mail) => {
    if (to.startsWith('later')) throw new Error('the database hangs')
    if (to.startsWith('nobody')) return 'There is no such address here.'
    taken.push(`${from} ${to} ${Buffer.from(mail).includes('Subject: Leave')}`)
    return undefined
  })
  try {
    const transport = createTransport({ host: '127.0.0.1', port: door.port, lmtp: true, ignoreTLS: true })
    const post = async (to: string[], text = '') => {
      const raw = `From: ada@example.com\r\nSubject: Leave\r\n\r\n${text}`
      const { accepted, rejected, response } = await transport.sendMail({ envelope: { from: '', to }, raw })
      return { accepted, rejected, response }
    }
    const [ada, later, nobody] = ['ada@north.example', 'later@north.example', 'nobody@north.example']
    expect(await post([ada, later, nobody])).toMatchObject({ accepted: [ada], rejected: [later, nobody] })
    expect(await post([later])).toMatchObject({ rejected: [later], response: '451 Try again later.' })
    expect(await post([nobody])).toMatchObject({ response: '550 There is no such address here.' })
    const large = 'x'.repeat(70).concat('\r\n').repeat(400_000)
    expect(await post([ada], large)).toMatchObject({
      rejected: [ada],
      response: '552 The mail is too large.',
    })
    expect(taken).toEqual([' ada@north.example true'])
  } finally {
    await door.close()
  }
})
