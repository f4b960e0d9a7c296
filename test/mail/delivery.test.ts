import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import PostalMime from 'postal-mime'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../../local/port.ts'
import { openTestMail, type TestMail } from '../support/mail.ts'
import { MAIL, openSmtp, openTestMailer, type TestMailer } from '../support/mailer.ts'

let mailer: TestMailer
let inbox: TestMail
beforeAll(async () => {
  ;[mailer, inbox] = await Promise.all([openTestMailer(), openTestMail()])
})
afterAll(() => Promise.all([mailer.close(), inbox.close()]))

test('a mail arrives over SMTP as it was meant, byte for byte where a reader looks', async () => {
  expect(await mailer.send(`smtp://127.0.0.1:${inbox.smtp.port}`)).toEqual({ outcome: 'sent' })
  const [{ source, to } = { source: Buffer.alloc(0), to: '' }] = await inbox.received(1)
  expect(to).toBe(MAIL.to)
  expect(
    source
      .toString()
      .split('\r\n')
      .filter(line => line.length > 78),
  ).toEqual([])
  expect(source.toString()).toMatch(/^[\x20-\x7e\r\n]*$/)
  const read = await PostalMime.parse(source)
  expect(read).toMatchObject({
    from: MAIL.from,
    to: [{ address: MAIL.to }],
    subject: MAIL.subject,
    messageId: `<${MAIL.messageId}>`,
    date: '2026-11-20T09:30:00.000Z',
    html: MAIL.html.replaceAll('\n', '\r\n'),
    text: MAIL.text.replaceAll('\n', '\r\n'),
    attachments: [],
  })
  const field = (name: string) => read.headers.filter(({ key }) => key === name).map(({ value }) => value)
  expect(field('list-unsubscribe')).toEqual([MAIL.headers['List-Unsubscribe']])
  expect(field('list-unsubscribe-post')).toEqual([MAIL.headers['List-Unsubscribe-Post']])
})

/** Sends one mail to a mail server of the given manners. */
async function sendTo(manners: SMTPServerOptions, mail = {}) {
  const server = await openSmtp(manners)
  try {
    return await mailer.send(`smtp://127.0.0.1:${server.port}`, mail)
  } finally {
    await server.close()
  }
}

const answer = (code: number) =>
  Object.assign(new Error(`<bob@example.com> is not wanted here, go away ${code}`), { responseCode: code })

describe('what a mail server says decides whether to try again', () => {
  test.each<[string, SMTPServerOptions, object]>([
    [
      'a recipient it will never take',
      { onRcptTo: (_address, _session, done) => done(answer(550)) },
      { outcome: 'refused', code: 'smtp.550' },
    ],
    [
      'a recipient it cannot take now',
      { onRcptTo: (_address, _session, done) => done(answer(451)) },
      { outcome: 'failed', code: 'smtp.451' },
    ],
    [
      'a mail it will never take',
      { onData: (stream, _session, done) => stream.on('end', () => done(answer(554))).resume() },
      { outcome: 'refused', code: 'smtp.554' },
    ],
    [
      'a mail it cannot take now',
      { onData: (stream, _session, done) => stream.on('end', () => done(answer(452))).resume() },
      { outcome: 'failed', code: 'smtp.452' },
    ],
    [
      'a sender it does not know, which is our setting and not this mail',
      { onMailFrom: (_address, _session, done) => done(answer(550)) },
      { outcome: 'failed', code: 'smtp.550' },
    ],
    [
      'a connection it does not want, which is our setting too',
      { onConnect: (_session, done) => done(answer(554)) },
      { outcome: 'failed', code: 'smtp.554' },
    ],
    ['a login it insists on', { authOptional: false }, { outcome: 'failed', code: 'smtp.530' }],
  ])('%s', async (_, manners, delivery) => {
    expect(await sendTo(manners)).toEqual(delivery)
  })

  test('a mailbox beyond ASCII goes to a server that knows them', async () => {
    let accepted: string | undefined
    const manners: SMTPServerOptions = {
      onRcptTo(address, _session, done) {
        accepted = address.address
        done()
      },
    }
    expect(await sendTo(manners, { to: 'jörg@xn--bcher-kva.example' })).toEqual({ outcome: 'sent' })
    expect(accepted).toBe('jörg@bücher.example')
  })

  test('and is refused for one that does not, rather than sent to somebody else', async () => {
    expect(await sendTo({ hideSMTPUTF8: true }, { to: 'jörg@example.com' })).toEqual({
      outcome: 'refused',
      code: 'smtp.smtputf8',
    })
  })
})

/** A server that says what a script says, whatever it hears. */
async function scripted(act: (socket: Socket) => void) {
  const server = createTcpServer(socket => act(socket.on('error', () => undefined).resume()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<unknown>(resolve => server.close(resolve)),
  }
}

describe('a mail server that is not one costs a try, and never the Worker', () => {
  test('nobody there', async () => {
    const [port] = await freePorts(1)
    expect(await mailer.send(`smtp://127.0.0.1:${port}`)).toEqual({
      outcome: 'failed',
      code: 'smtp.connection',
    })
  })

  test.each<[string, (socket: Socket) => void, string]>([
    ['hangs up at once', socket => socket.end(), 'smtp.connection'],
    ['hangs up within a reply', socket => socket.end('220-hello\r\n'), 'smtp.connection'],
    ['hangs up after the greeting', socket => socket.end('220 hello\r\n'), 'smtp.connection'],
    ['talks without end', socket => void socket.write('220-x\r\n'.repeat(100_000)), 'smtp.connection'],
    ['talks in one line without end', socket => void socket.write('2'.repeat(100_000)), 'smtp.connection'],
    ['speaks another language', socket => void socket.write('HTTP/1.1 200 OK\r\n\r\n'), 'timeout'],
    ['says nothing', () => undefined, 'timeout'],
  ])('one that %s', async (_, act, code) => {
    const server = await scripted(act)
    const pace = code === 'timeout' ? 20 : 1
    expect(await mailer.send(`smtp://127.0.0.1:${server.port}`, {}, pace)).toEqual({
      outcome: 'failed',
      code,
    })
    // Whatever happened, the next mail goes out.
    expect(await sendTo({})).toEqual({ outcome: 'sent' })
    await server.close()
  })
})

/** Sends a mail to a provider that gives one answer, and returns what became of it and what the provider was asked. */
async function sendToProvider(scheme: string, path: string, status: number, body: object, headers = {}) {
  const asked: { request: IncomingMessage; body: Buffer }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push({ request, body: Buffer.concat(chunks) })
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const delivery = await mailer.send(`${scheme}://s3cret@127.0.0.1:${port}${path}`)
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  return { delivery, asked }
}

const viaPostmark = (status: number, body: object, headers = {}) =>
  sendToProvider('postmark', '', status, body, headers)
const viaMailgun = (status: number, body: object) =>
  sendToProvider('mailgun', '/mg.north.example', status, body)
const named = `"Café \\"Ölçü\\" & Söhne" <${MAIL.from.address}>`

test('Postmark is asked as its documentation says, and keeps our Message-ID and tracks nothing', async () => {
  const { delivery, asked } = await viaPostmark(200, { ErrorCode: 0, Message: 'OK' })
  expect(delivery).toEqual({ outcome: 'sent' })
  expect(asked).toHaveLength(1)
  const { request, body } = asked[0]!
  expect(`${request.method} ${request.url}`).toBe('POST /email')
  expect(request.headers['x-postmark-server-token']).toBe('s3cret')
  expect(request.headers['content-type']).toBe('application/json')
  expect(JSON.parse(body.toString())).toEqual({
    From: named,
    To: MAIL.to,
    Subject: MAIL.subject,
    TextBody: MAIL.text,
    HtmlBody: MAIL.html,
    MessageStream: 'outbound',
    TrackOpens: false,
    TrackLinks: 'None',
    Headers: [
      { Name: 'List-Unsubscribe', Value: MAIL.headers['List-Unsubscribe'] },
      { Name: 'List-Unsubscribe-Post', Value: MAIL.headers['List-Unsubscribe-Post'] },
      { Name: 'Message-ID', Value: `<${MAIL.messageId}>` },
      { Name: 'X-PM-KeepID', Value: 'true' },
    ],
  })
})

test('Mailgun is asked as its documentation says, and tracks nothing', async () => {
  const { delivery, asked } = await viaMailgun(200, { id: '<x>', message: 'Queued. Thank you.' })
  expect(delivery).toEqual({ outcome: 'sent' })
  const { request, body } = asked[0]!
  expect(`${request.method} ${request.url}`).toBe('POST /v3/mg.north.example/messages')
  expect(request.headers.authorization).toBe(`Basic ${Buffer.from('api:s3cret').toString('base64')}`)
  const form = await new Response(new Uint8Array(body), {
    headers: { 'Content-Type': request.headers['content-type']! },
  }).formData()
  const fields: Record<string, unknown> = {}
  form.forEach((value, name) => {
    fields[name] = value
  })
  expect(fields).toEqual({
    from: named,
    to: MAIL.to,
    subject: MAIL.subject,
    text: MAIL.text,
    html: MAIL.html,
    'o:tracking': 'no',
    'h:Message-Id': `<${MAIL.messageId}>`,
    'h:List-Unsubscribe': MAIL.headers['List-Unsubscribe'],
    'h:List-Unsubscribe-Post': MAIL.headers['List-Unsubscribe-Post'],
  })
})

describe('what a provider answers decides whether to try again', () => {
  test.each<[number, object, object]>([
    [
      422,
      { ErrorCode: 406, Message: 'bob@example.com is inactive' },
      { outcome: 'refused', code: 'postmark.422' },
    ],
    [422, { ErrorCode: 300, Message: 'Illegal email' }, { outcome: 'refused', code: 'postmark.422' }],
    [422, { ErrorCode: 400, Message: 'Sender unknown' }, { outcome: 'failed', code: 'postmark.422' }],
    [422, [], { outcome: 'failed', code: 'postmark.422' }],
    [401, { ErrorCode: 10, Message: 'Bad token' }, { outcome: 'failed', code: 'postmark.401' }],
    [429, {}, { outcome: 'failed', code: 'postmark.429' }],
    [500, { ErrorCode: 300 }, { outcome: 'failed', code: 'postmark.500' }],
  ])('Postmark %i %o', async (status, body, delivery) => {
    expect((await viaPostmark(status, body)).delivery).toEqual(delivery)
  })

  test.each<[number, object]>([
    [400, { outcome: 'refused', code: 'mailgun.400' }],
    [401, { outcome: 'failed', code: 'mailgun.401' }],
    [404, { outcome: 'failed', code: 'mailgun.404' }],
    [429, { outcome: 'failed', code: 'mailgun.429' }],
    [503, { outcome: 'failed', code: 'mailgun.503' }],
  ])('Mailgun %i', async (status, delivery) => {
    expect((await viaMailgun(status, { message: 'to parameter is not a valid address' })).delivery).toEqual(
      delivery,
    )
  })

  test('a redirect is not followed: it would carry the key elsewhere', async () => {
    const { delivery, asked } = await viaPostmark(307, {}, { Location: '/elsewhere' })
    expect(delivery).toEqual({ outcome: 'failed', code: 'postmark.307' })
    expect(asked).toHaveLength(1)
  })

  test.each(['postmark://s3cret@', 'mailgun://s3cret@'])('nobody at %s', async url => {
    const [port] = await freePorts(1)
    const name = url.split(':')[0]
    expect(await mailer.send(`${url}127.0.0.1:${port}${name === 'mailgun' ? '/a.example' : ''}`)).toEqual({
      outcome: 'failed',
      code: `${name}.connection`,
    })
  })
})

describe('a line end in what is sent begins no header and no command', () => {
  test.each<[string, object]>([
    ['the sender’s name', { from: { ...MAIL.from, name: 'North\r\nBcc: eve@example.com' } }],
    ['the sender’s address', { from: { ...MAIL.from, address: 'a@b.example>\r\nDATA' } }],
    ['the recipient', { to: 'bob@example.com>\r\nRCPT TO:<eve@example.com' }],
    ['two recipients', { to: 'bob@example.com> <eve@example.com' }],
    ['the subject', { subject: 'Hello\nBcc: eve@example.com' }],
    ['a lone carriage return', { subject: 'Hello\rBcc: eve@example.com' }],
    ['a NUL', { subject: 'Hello\0' }],
    ['a line separator', { subject: 'Hello\u2028Bcc: eve@example.com' }],
    ['the Message-ID', { messageId: 'x>\r\nBcc: <eve@example.com' }],
    ['a field', { headers: { 'List-Unsubscribe': '<https://a.example>\r\nBcc: eve@example.com' } }],
    ['a field’s name', { headers: { 'X: y\r\nBcc': 'eve@example.com' } }],
  ])('%s', async (_, mail) => {
    let connections = 0
    const server = await openSmtp({
      onConnect(_session, done) {
        connections++
        done()
      },
    })
    const refused = { outcome: 'refused', code: 'mail.control_character' }
    for (const url of [
      `smtp://127.0.0.1:${server.port}`,
      `postmark://t@127.0.0.1:${server.port}`,
      `mailgun://k@127.0.0.1:${server.port}/a.example`,
    ]) {
      expect(await mailer.send(url, mail)).toEqual(refused)
    }
    expect(connections).toBe(0)
    await server.close()
  })
})
