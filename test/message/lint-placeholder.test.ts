// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what this file is about.
import { describe, expect, test } from 'vitest'
import { page, rulesIn, WAY } from '../support/linted.ts'

describe('a placeholder that was left over is found:', () => {
  test.for([
    ...['{{name}}', '{{ first_name }}', '{{{name}}}', '{{#if vip}}', '{{/each}}', '{{ floe_footer }}'],
    ...['{{name | default: "friend"}}', '{{ contact.FIRSTNAME }}', '{{> footer}}', '{%if vip%}'],
    ...['{% if vip %}', '{%- endif -%}', '%%first_name%%', '%%=v(@name)=%%', '%%[ SET @a = 1 ]%%'],
    ...['%FIRSTNAME%', '%first_name%', '%recipient.name%', '%unsubscribe_url%', '%email%', '%(name)s'],
    ...['*|FNAME|*', '*|IF:VIP|*', '*|LIST:DESCRIPTION|*', '[[first_name]]', '[[data:firstname:""]]'],
    ...['[[unsubscribe_url]]', '[FIRST_NAME]', '[First Name]', '[unsubscribe_link]', '[% user.name %]'],
    ...['${name}', '${user.firstName}', '${name!"there"}', '$!{name}', '<%= name %>', '<% if (vip) { %>'],
    ...['{$name}', '{$user.name|escape}', '{!Contact.FirstName}', '#{name}', '#{user.name}', '%{name}'],
    ...['{name}', '{first_name}', '{FirstName}', '{unsubscribe_url}', '{contactfield=firstname}'],
    ...['{subtag:name}', '##firstname##', '#first_name#', '@@first_name@@', '__first_name__'],
    ...['<<First Name>>', '«First_Name»', '$first_name$', '{!! $name !!}', '[object Object]'],
    ...[
      '[Your Name]',
      '[insert name here]',
      '{First Name}',
      '{prénom}',
      '[[NOMBRE]]',
      '%unsubscribe%',
      '${ name }',
    ],
    ...['<?php echo $name ?>', '<?= $name ?>', 'Lorem ipsum dolor sit amet'],
  ])('%s', async written => {
    expect(await rulesIn({ text: `Hello ${written}, welcome.` })).toEqual(['body.placeholder'])
    const encoded = written.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    expect(await rulesIn({ html: page(`<p>Hello ${encoded}, welcome.</p>`) })).toEqual(['body.placeholder'])
  })

  test.for([
    ...['Hello undefined,', 'Dear null,', 'Hi None!', 'Bonjour undefined,', 'Hello %s, welcome'],
    ...['Hallo NaN,', 'Hello {{ name', 'Hello {{first_name}'],
  ])('%s', async text => {
    expect(await rulesIn({ text })).toEqual(['body.placeholder'])
  })

  test.for([
    ['as ASP writes it', '<p>Hello <%= name %></p>'],
    ['as PHP writes it', '<p>Hello <?= $name ?></p>'],
    ['over several lines', '<p>Hello {{\n  name\n}}</p>'],
    ['split by tags', '<p>Hello {<b>{name}</b>}</p>'],
    ['in the preview that is hidden', '<div style="display:none">{{preheader}}</div>'],
    ['in the text of an image', '<img src="https://x.example/a.png" alt="{{name}}">'],
    ['for Outlook alone', '<!--[if mso]><p>{{name}}</p><![endif]-->'],
    ['as a number of letters', '<p>&#123;&#123;name&#125;&#125;</p>'],
  ])('in HTML, %s', async ([, html]) => {
    expect(await rulesIn({ html: page(html!) })).toEqual(['body.placeholder'])
  })

  test.for([
    ...['https://x.example/u/{{token}}', 'https://x.example/u/%7B%7Btoken%7D%7D', 'https://x.example/{id}'],
    ...['https://x.example/?u=*|UNIQID|*', 'https://x.example/?u=*%7CUNIQID%7C*', '{{url}}'],
    ...['https://x.example/${id}', 'https://x.example/%24%7Bid%7D', '%unsubscribe_url%', '[[view_url]]'],
    ...['https://x.example/%%id%%', 'https://x.example/?e=%email%', '*|ARCHIVE|*', '<%= url %>'],
    ...['https://x.example/u/undefined', 'https://x.example/?id=undefined&a=1', 'https://undefined/x'],
    ...['https://x.example/[object Object]', 'https://x.example/#{id}', 'https://x.example/{$id}'],
  ])('as a link: %s', async link => {
    expect(await rulesIn({ html: page(`<a href='${link}'>Read</a>`) })).toEqual(['link.placeholder'])
  })

  test.for([
    ['Subject', '{{subject}}'],
    ['Subject', 'News for %%first_name%%'],
    ['Subject', '=?utf-8?B?SGVsbG8ge3tuYW1lfX0=?='],
    ['Subject', '=?utf-8?Q?Hello_=7B=7Bname=7D=7D?='],
    ['From', '{{sender}} <news@north.example>'],
    ['To', '"*|FNAME|*" <ada@example.com>'],
    ['Reply-To', '%reply_email% <a@north.example>'],
    ['Message-ID', '<{{id}}@north.example>'],
    ['Subject', 'Hello undefined,'],
  ])('in %s: %s', async ([name, value]) => {
    expect(await rulesIn({ fields: { [name!]: value } })).toEqual(['field.placeholder'])
  })

  test.for(['{{token}}', '%7B%7Btoken%7D%7D', '*|UNSUB|*', '%%unsub%%', '${id}', 'undefined', '{token}'])(
    'in List-Unsubscribe: %s',
    async token => {
      const url = `https://x.example/u/${token}`
      expect(await rulesIn({ fields: { 'List-Unsubscribe': `<${url}>` } })).toEqual([
        'list_unsubscribe.placeholder',
      ])
    },
  )
})

describe('what only looks like one is passed over:', () => {
  test.for([
    ...['100% cotton, 50% off', '20%-30%', '100%% sure, 50%% less', '50%off%', 'Take {1, 2, 3}', 'a {b} c'],
    ...['{ "name": "Ada" }', 'p {color:red}', '@media x{a{color:red}}', '[1] and [2]', '[image: Logo]'],
    ...['[email protected]', '[Update]', '[cid:logo@x]', '[[1]]', '[[ -f x ]]', '[name]', '[link]', '|name|'],
    ...[
      '$5',
      '${5}',
      'US$ {5}',
      '$100 {sale}',
      '#1',
      '#name',
      '#{1}',
      '*bold* |x| *more*',
      '{$100}',
      '<3 <-',
    ],
    ...['%APPDATA%\\Floe', '%TEMP%', '%USERNAME%', '%20name%20', 'Rate: 5%, name: 6%', '`{{name}}`', '{}'],
    ...['{{}}', '{{ }}', '{{1}}', '${{ secrets.KEY }}', '«Le Monde»', '<<', '__init__', '-name-', '~name~'],
    ...[
      'Dear Null family,',
      'It is undefined, they say',
      'null',
      'None of you',
      'Hello None of you',
      ':name:',
    ],
    ...['a@b.example', '@name', '%', '{', '{{', '*|', '[[', '<%', '${', 'C# {x}', '#first #name#of', '5 %s'],
    ...['Lorem', '{name', 'name}', '(name)', '<name>', '^_^ {-_-}', '[%]', '{%}', '{#1}', '{# 1', '{!}'],
  ])('%s', async written => {
    expect(await rulesIn({ text: `Look: ${written} .` })).toEqual([])
    const encoded = written.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    if (!written.startsWith('`')) expect(await rulesIn({ html: page(`<p>${encoded}</p>`) })).toEqual([])
  })

  test.for([
    ['in code', '<p>Write <code>{{name}}</code></p>'],
    ['in what is set as it is', '<pre>Hello {{name}} ${x}</pre>'],
    ['in a style', '<style>@media x{a{b:c}} {{x}}</style>'],
    ['in a comment', '<!-- {{name}} -->'],
    ['in a script', '<script>`${name}`</script>'],
    ['in the title', '<title>{{subject}}</title>'],
    ['a declaration', '<?xml version="1.0"?><?xml:namespace prefix = o />'],
    ['a GUID', '<a href="https://x.example/{3F2504E0-4F89-11D3-9A0C-0305E82C3301}">Read</a>'],
    ['an escaped letter', '<a href="https://x.example/%C3%BCber%20uns/%ADname%20">Read</a>'],
    ['names in brackets', '<a href="https://x.example/?user[name]=x&a[email]=y">Read</a>'],
    ['JSON', '<a href="https://x.example/?q=%7B%22a%22%3A1%7D">Read</a>'],
    ['a word', '<a href="https://x.example/undefined-behaviour?x=null">Read</a>'],
  ])('in HTML, %s', async ([, html]) => {
    expect(await rulesIn({ html: page(html!) })).toEqual([])
  })

  test.for(['[News] 50% off {today}', 'Re-opening', 'C# 101', '[External] Null'])(
    'in a subject: %s',
    async subject => {
      expect(await rulesIn({ fields: { Subject: subject } })).toEqual([])
    },
  )

  test('and a link of ours, whatever letters it has', async () => {
    expect(await rulesIn({ html: page(`<a href="${WAY}">Leave</a>`) })).toEqual([])
  })
})
