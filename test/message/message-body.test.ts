import PostalMime from 'postal-mime'
import { describe, expect } from 'vitest'
import { answered, test, type World } from '../support/world.ts'

const send = (world: World, call: string, message: BodyInit, headers: Record<string, string> = {}) =>
  world.fetch(`/v1/messages/${call}`, {
    method: 'POST',
    body: message,
    headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'message/rfc822', ...headers },
  })

const mail = (fields: string, end = '\r\n') =>
  [`From: news@north.example`, ...fields.split('|'), 'Subject: News', '', 'What is new.', ''].join(end)
const latin1 = Buffer.from(
  mail('To: Ada <ada@example.com>|Content-Type: text/plain; charset=iso-8859-1').replace(
    'What',
    'Größe: what',
  ),
  'latin1',
)

describe('a message that is the body itself', () => {
  test('is prepared as the same one in JSON is, byte by byte, for whom its To names', async ({
    sharedWorld: world,
  }) => {
    const asBody = await answered(await send(world, 'prepare?topic=news&messageRef=spring', latin1))
    const asJson = await answered(
      await world.call('/v1/messages/prepare', {
        topic: 'news',
        messageRef: 'spring',
        recipients: [{ address: 'ada@example.com' }],
        rawBase64: latin1.toString('base64'),
      }),
    )
    expect(asBody).toEqual(asJson)
    const { headers, text } = await PostalMime.parse(Buffer.from(asBody.messages[0].rawBase64, 'base64'))
    expect(headers.map(({ key }) => key)).toContain('list-unsubscribe-post')
    expect(text).toMatch(/^Größe: what is new/)
  })

  test('is looked over as the same one in JSON is', async ({ sharedWorld: world }) => {
    const asJson = await world.call('/v1/messages/lint', { rawBase64: latin1.toString('base64') })
    expect(await answered(await send(world, 'lint', latin1))).toEqual(await answered(asJson))
  })

  test.for([
    ['with bare line feeds', mail('To: ada@example.com', '\n')],
    ['behind a blank line', `\r\n${mail('To: ada@example.com')}`],
    ['with a folded field', mail('To:|  "Ada, of North" <ada@example.com>')],
    ['with a group of one', mail('To: Friends: ada@example.com;')],
    ['with an empty Cc', mail('To: ada@example.com|Cc:')],
  ] as const)('is for the one recipient it names, %s', async ([, message], { sharedWorld: world }) => {
    const { messages } = await answered(await send(world, 'prepare?topic=news', message))
    expect(messages).toMatchObject([{ address: 'ada@example.com' }])
  })

  test.for<[what: string, call: string, message: BodyInit, status: number, refusal: object]>([
    [
      'to two',
      'prepare?topic=news',
      mail('To: ada@example.com, bob@example.com'),
      400,
      { errors: [{ field: 'To' }] },
    ],
    [
      'with a copy',
      'prepare?topic=news',
      mail('To: ada@example.com|Cc: bob@example.com'),
      400,
      { errors: [{ field: 'To' }] },
    ],
    [
      'with a blind copy',
      'prepare?topic=news',
      mail('To: ada@example.com|Bcc: b@example.com'),
      400,
      { errors: [{ field: 'To' }] },
    ],
    [
      'with two To',
      'prepare?topic=news',
      mail('To: ada@example.com|To: b@example.com'),
      400,
      { errors: [{ field: 'To' }] },
    ],
    ['to nobody', 'prepare?topic=news', mail('X-None: 1'), 400, { errors: [{ field: 'To' }] }],
    ['that is empty', 'prepare?topic=news', '', 400, { errors: [{ field: 'To' }] }],
    ['without a topic', 'prepare', mail('To: ada@example.com'), 400, { errors: [{ field: 'topic' }] }],
    ['of another topic', 'prepare?topic=none', mail('To: ada@example.com'), 404, { code: 'topic.not_found' }],
    [
      'with a field that is none',
      'prepare?topic=news&to=x',
      mail('To: ada@example.com'),
      400,
      { errors: [{ field: 'to' }] },
    ],
    [
      'with an address in its URL',
      'prepare?topic=news&recipients=x',
      mail('To: ada@example.com'),
      400,
      { errors: [{ field: 'recipients' }] },
    ],
    ['that is too large', 'lint', 'x'.repeat(4 * 1024 * 1024 + 1), 413, { code: 'request.too_large' }],
    [
      'for a call that takes none',
      '../check',
      mail('To: ada@example.com'),
      415,
      { code: 'request.unsupported_media_type' },
    ],
  ])('is refused %s', async ([, call, message, status, refusal], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => send(world, call, message))
    expect([answer.status, await answer.json()]).toMatchObject([status, refusal])
  })

  test('is refused where it is compressed', async ({ sharedWorld: world }) => {
    const answer = await send(world, 'lint', latin1, { 'content-encoding': 'gzip' })
    expect([answer.status, await answer.json()]).toMatchObject([
      415,
      { code: 'request.unsupported_media_type' },
    ])
  })
})
