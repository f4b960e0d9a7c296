import { describe, expect, test } from 'vitest'
import { page, rulesIn } from '../support/linted.ts'

const encoded = (text: string, encoding: 'base64' | 'base64url' | 'hex') =>
  Buffer.from(text).toString(encoding)

const NOWHERE = [
  ...['http://localhost/x', 'https://LOCALHOST:3000/', 'http://app.localhost/', 'http://localhost./x'],
  ...[
    'http://127.0.0.1:8787/u/x',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0.0.0.0/',
  ],
  ...[
    'http://[::1]/x',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.5/',
    'http://172.16.0.1/',
  ],
  ...['http://172.31.255.255/', 'http://192.168.1.10/', 'http://169.254.1.1/', 'http://100.64.0.1/'],
  ...[
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://mac.local/',
    'http://nas.lan/x',
    'http://x.internal/',
  ],
  ...['http://x.localdomain/', 'http://router.home.arpa/', 'http://devbox:3000/', 'http://intranet/'],
  ...[
    'file:///C:/mail/index.html',
    'file://server/x',
    'C:\\mail\\index.html',
    '\\\\server\\share',
    '//localhost/x',
  ],
  ...['https://ada@localhost/x', 'http://x.test/', 'http://x.invalid/'],
]
const SOMEWHERE = [
  ...[
    'https://localhost.example.com/',
    'https://127.0.0.1.nip.io/',
    'https://local.example/',
    'http://172.32.0.1/',
  ],
  ...[
    'https://mylocalhost.example/',
    'http://11.0.0.1/',
    'http://8.8.8.8/',
    'http://[2001:4860:4860::8888]/',
  ],
  ...['https://x.example/?u=http://localhost/', 'https://internal.example.com/', 'http://192.169.0.1/'],
  ...['https://lan.example/', 'https://x.example/127.0.0.1', 'mailto:a@north.example', 'tel:+441304000000'],
  ...[
    '#top',
    'sms:+441304000000',
    'https://bücher.example/',
    'http://100.128.0.1/',
    'https://x.example/file:///',
  ],
]

describe('a link that only works where the mail was written is found:', () => {
  test.for(NOWHERE)('%s', async link => {
    expect(await rulesIn({ html: page(`<a href="${link}">Read</a>`) })).toEqual(['link.local'])
  })
  test.for(['http://localhost:3000/x', 'http://127.0.0.1/.', 'http://192.168.0.1/a,'])(
    'in plain text: %s',
    async link => {
      expect(await rulesIn({ text: `Read ${link}` })).toEqual(['link.local'])
    },
  )
  test('as an image', async () => {
    expect(await rulesIn({ html: page('<img src="http://localhost:3000/logo.png">') })).toEqual([
      'link.local',
    ])
  })
  test.for(['https://localhost/u/x', 'https://10.0.0.1/u/x', 'https://floe.local/u/x', 'https://floe/u/x'])(
    'in List-Unsubscribe: %s',
    async link => {
      expect(await rulesIn({ fields: { 'List-Unsubscribe': `<${link}>` } })).toEqual([
        'list_unsubscribe.local',
      ])
    },
  )
})

describe('a link to the outside is passed over:', () => {
  test.for(SOMEWHERE)('%s', async link => {
    expect(await rulesIn({ html: page(`<a href="${link}">Read</a>`) })).toEqual([])
  })
  test.for([
    '<code>http://localhost:3000</code>',
    '<p>Open http://localhost:3000</p>',
    '<!-- http://localhost -->',
  ])('%s', async html => {
    expect(await rulesIn({ html: page(html) })).toEqual([])
  })
})

describe('the address in the link of List-Unsubscribe is found:', () => {
  test.for([
    ...['?e=ada@example.com', '?e=ada%40example.com', '?e=ada%2540example.com', '?e=ADA%40EXAMPLE.COM'],
    ...[`?e=${encoded('ada@example.com', 'base64')}`, `/${encoded('ada@example.com', 'base64url')}/x`],
    ...[
      `?e=${encodeURIComponent(encoded('adaa@example.com', 'base64'))}`,
      `?e=${encoded('Ada@Example.com', 'base64')}`,
    ],
    ...[
      `/${encoded('42:ada@example.com:news', 'base64url')}`,
      `/${encoded('{"email":"ada@example.com"}', 'base64url')}`,
    ],
    ...[`/${encoded('ada@example.com', 'hex')}`, `/${encoded('ada@example.com', 'hex').toUpperCase()}`],
    ...[
      `/a.${encoded('{"email":"ada@example.com"}', 'base64url')}.b`,
      `?e=${encoded('ada%40example.com', 'base64url')}`,
    ],
  ])('%s', async rest => {
    const fields = { 'List-Unsubscribe': `<https://x.example/u${rest}>` }
    expect(await rulesIn({ fields })).toEqual(['list_unsubscribe.address'])
  })
  test.for([
    ...[
      '/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789',
      '/3f2504e04f8911d39a0c0305e82c3301',
      `/${encoded('42:news', 'base64url')}`,
    ],
    ...[
      '?list=news%40home',
      `/${encoded('ada at example', 'base64url')}`,
      '/eyJpZCI6NDJ9',
      '/deadbeefdeadbeef',
      '/%zz',
    ],
  ])('and no other: %s', async rest => {
    const fields = { 'List-Unsubscribe': `<https://x.example/u${rest}>` }
    expect(await rulesIn({ fields })).toEqual([])
  })
})
