import { describe, expect, test } from 'vitest'
import { page, rulesIn, WAY } from '../support/linted.ts'

const only = async (name: string, value: string) => rulesIn({ fields: { [name]: value } })

describe('a Date', () => {
  test.for([
    ...[
      '2026-11-20T15:00:00Z',
      '1795186800',
      'Friday, 20 November 2026',
      '20/11/2026 15:00',
      'Invalid Date',
      '',
    ],
    ...['Fri Nov 20 2026 15:00:00 GMT+0000 (Coordinated Universal Time)', 'Fr, 20 Dez 2026 15:00:00 +0000'],
    ...['Fri, 20 Nov 2026 15:00:00', 'Fri, 20 Nov 2026 25:00:00 +0000', 'Sat, 31 Feb 2026 15:00:00 +0000'],
    ...['Fri, 20 Nov 2026 15:61:00 +0000', 'Fri, 20 Nov 2026', 'Fri, 20 Nov 2026 15:00:00 +00:00', 'today'],
    ...[
      'Fri, 20 Nov 2026 3:00 PM',
      'vendredi 20 novembre 2026',
      '0 Nov 2026 15:00:00 +0000',
      '20. Nov 2026 15:00 +0000',
    ],
  ])('that nobody can read is found: %s', async value => {
    expect(await only('Date', value)).toEqual(['date.format'])
  })
  test.for([
    ...['Fri, 20 Nov 2026 15:00:00 +0000', '20 Nov 2026 15:00:00 +0000', 'Fri, 20 Nov 2026 15:00:00 GMT'],
    ...[
      'Fri, 20 Nov 2026 15:00 +0100',
      'Fri, 20 Nov 2026 15:00:00 -0800 (PST)',
      'fri, 20 nov 2026 15:00:00 +0000',
    ],
    ...[
      'Fri,\r\n 20 Nov 2026 15:00:00 +0000',
      'Sun, 29 Feb 2024 15:00:00 UT',
      'Thu, 31 Dec 2026 23:59:60 +0000',
    ],
    ...[
      'Fri, 6 Nov 2026 05:00:00 CEST',
      'Fri,20 Nov 2026 15:00:00 +0000',
      'Fri, 20 Nov 26 15:00:00 EST',
      'Fri, 06 Nov 2026 15:00:00 +0530',
    ],
  ])('as it should be is not: %s', async value => {
    expect(await only('Date', value)).toEqual([])
  })
})

describe('a Message-ID', () => {
  test.for([
    ...[
      '1@north.example',
      '<1@north.example',
      '1',
      '<1>',
      '',
      '<a b@north.example>',
      '<@north.example>',
      '<1@>',
    ],
    ...[
      '<1@north.example> <2@north.example>',
      '<1@north.example> x',
      '[1@north.example]',
      '<1@a@b>',
      '<<1@a.example>>',
    ],
  ])('without its form is found: %s', async value => {
    expect(await only('Message-ID', value)).toEqual(['message_id.format'])
  })
  test.for([
    ...[
      '<1@north.example>',
      '<"a b"@north.example>',
      '<1@[127.0.0.1]>',
      '<1@localhost>',
      '\r\n <1@north.example>',
    ],
    ...[
      '<a+b/c=d.e_f-g@north.example>',
      '<1@north.example> (of a list)',
      '<1@bücher.example>',
      '<a..b@north.example>',
    ],
  ])('as it should be is not: %s', async value => {
    expect(await only('Message-ID', value)).toEqual([])
  })
})

describe('a subject', () => {
  test.for([
    ...[
      'Re: your order',
      'RE: x',
      'Fwd: x',
      'FW: x',
      'AW: x',
      'WG: x',
      'SV: x',
      'Antw: x',
      'RV: x',
      'Re[2]: x',
    ],
    ...[
      '=?utf-8?B?UmU6IHlvdXIgb3JkZXI=?=',
      '=?utf-8?Q?Re=3A_your_order?=',
      '=?iso-8859-1?q?Fwd:_gr=FC=DFe?=',
      '回复：x',
    ],
    ...[
      '=?utf-8?B?5Zue5aSN77yaeA==?=',
      '转发: x',
      'Re : x',
      'Re： x',
      '=?utf-8?q?R?= =?utf-8?q?e:_x?=',
      'ODP: x',
      'TR: x',
      'RES: x',
      'Re: Re: x',
    ],
  ])('that pretends to answer is found: %s', async value => {
    expect(await only('Subject', value)).toEqual(['subject.reply'])
  })
  test.for([
    'Re-opening',
    'Regarding: x',
    'Are: you',
    'Forward: march',
    'Reply: now',
    'R: x',
    'Re',
    'Rede: x',
    'Savings: x',
  ])('that does not is not: %s', async value => {
    expect(await only('Subject', value)).toEqual([])
  })
  test.for(['In-Reply-To', 'References'])('of an answer is not, with %s', async name => {
    expect(await rulesIn({ fields: { Subject: '=?utf-8?Q?Re=3A_x?=', [name]: '<0@a.example>' } })).toEqual([])
  })
})

describe('From', () => {
  test.for([
    ...[
      'a@gmail.com',
      'A@GMAIL.COM',
      'a@googlemail.com',
      'a@yahoo.com',
      'a@yahoo.co.uk',
      'a@yahoo.com.br',
      'a@yahoo.fr',
    ],
    ...[
      'a@outlook.com',
      'a@outlook.de',
      'a@hotmail.co.uk',
      'a@live.com',
      'a@icloud.com',
      'a@me.com',
      'a@aol.com',
      'a@gmx.de',
    ],
    ...[
      'a@web.de',
      'a@mail.ru',
      'a@yandex.ru',
      'a@qq.com',
      'a@proton.me',
      'N <a@msn.com>',
      'a@ymail.com',
      'a@163.com',
    ],
  ])('of a free mail provider is found: %s', async value => {
    expect(await only('From', value)).toEqual(['from.free_mail'])
  })
  test.for([
    ...[
      'a@gmail.north.example',
      'a@outlook.north.example',
      'a@yahoo.example',
      'a@notgmail.com',
      'a@gmail.com.north.example',
    ],
    ...[
      'a@live.north.example',
      'a@icloud.north.example',
      '"gmail.com" <a@north.example>',
      'a@aol.company',
      'a@me.north.example',
    ],
    ...['gmail.com@north.example', 'a@gmailer.com', 'a@hotmail-archive.com'],
  ])('of a domain of their own is not: %s', async value => {
    expect(await only('From', value)).toEqual([])
  })
  test('is not the line that separates mails in a mailbox', async () => {
    const before = 'From news@north.example Fri Nov 20 15:00:00 2026\r\n'
    expect(await rulesIn({ before })).toEqual([])
    expect(await rulesIn({ before, fields: { From: undefined } })).toEqual(['field.from'])
    expect(await rulesIn({ before: `>${before}` })).toEqual([])
    expect(await rulesIn({ before: 'From: x@north.example\r\n' })).toEqual(['field.from'])
  })
})

describe('the postal address stands in the body', () => {
  test.for([
    ...[
      '1 Quay Street, Dover',
      '1&nbsp;Quay&nbsp;Street,&nbsp;Dover',
      '1&#160;Quay&#xa0;Street, Dover',
      '1 Quay Street<br>Dover',
    ],
    ...[
      '1 Quay Str<b>eet</b>, Dover',
      '<td>1 Quay Street</td><td>Dover</td>',
      '1 Quay&ensp;Street &middot; Dover',
      '1 QUAY STREET | DOVER',
    ],
    ...[
      '1 Quay Street,&zwnj; Dover',
      '1 Quay Str&shy;eet, Dover',
      '&#49; Quay Street&comma; Dover',
      '1 Quay Street,&thinsp;D&oacute;ver',
    ],
    ...['1\u00a0Quay\u00a0Street,\u200b Dover', '１ Quay Street, Dover', '1 Quay<!-- x --> Street, Dover'],
  ])('as %s', async address => {
    const html = `<a href="${WAY}">Unsubscribe</a><p>North &amp; Co. Ltd, ${address}</p>`
    expect(await rulesIn({ html })).toEqual([])
  })
  test.for([
    ...[
      '2 Quay Street, Dover',
      '<!-- 1 Quay Street, Dover -->',
      '<div hidden>1 Quay Street, Dover</div>',
      'Dover',
    ],
    ...['<p style="display:none">1 Quay Street, Dover</p>', '<style>1 Quay Street, Dover</style>'],
  ])('and not as %s', async address => {
    const html = `<a href="${WAY}">Unsubscribe</a><p>North &amp; Co. Ltd, ${address}</p>`
    expect(await rulesIn({ html })).toEqual(['footer.postal_address.us_canspam'])
  })
  test('in a page that is otherwise as it should be', async () => {
    expect(await rulesIn({ html: page('<p>Hi</p>') })).toEqual([])
  })
})

describe('what stands in every object of JavaScript is a word like any other:', () => {
  test.for(['<constructor>Hi</constructor>', '<p>&constructor; &toString; &xconstructor;</p>'])(
    '%s',
    async html => {
      expect(await rulesIn({ html: page(html) })).toEqual([])
    },
  )
})
