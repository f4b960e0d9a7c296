import { describe, expect, test } from 'vitest'
import { placeInHtml, placeInText } from '../../worker/message/place.ts'

/** `|` stands where the footer is expected; the message is the rest. */
const placed = (html: string) => placeInHtml(html.replace('|', ''), '|')

describe('the footer goes in where the body really ends:', () => {
  test.for([
    '<html><body><p>Hi</p>|</body></html>',
    '<HTML><BODY BGCOLOR="#fff"><P>Hi</P>|</BODY ></HTML>',
    '<html><p>Hi</p>|</body></html>',
    '<div>Hi</div>|</body></html>',
    '<html><p>Hi</p>|</html>',
    '<p>Hi</p>|',
    '|',
    'Hi & 1 < 2 |',
    '<body><p>Hi</p><!-- </body> -->|</body>',
    '<p>Hi</p><!-- end of </body> -->|',
    '<body><p>Hi</p><!--[if mso]></body><![endif]-->|</body>',
    '<html><body><p>Hi</p><!--[if mso]></body><![endif]-->|',
    '<body><!--[if !mso]><!--><p>Hi</p><!--<![endif]-->|</body>',
    '<body><![if !mso]><p>Hi</p><![endif]>|</body>',
    '<body><!--><p>Hi</p>|</body><!-- -->',
    '<body><!-- a --!><p>Hi</p>|</body>',
    '<body title="</body>"><p>Hi</p>|</body>',
    "<body><a title='>' href=a=\"b></a>|</body>",
    '<style>a::after{content:"</body>"}</style><body><p>Hi</p>|</body>',
    '<body><p>Hi</p><textarea></body></textarea>|</body>',
    '<script>"</body>"</script><p>Hi</p>|',
    '<body><p>Hi</p></body><p>more</p>|</body></html>',
    '<body>\u212a\u0130<p>Hi</p>|</BODY>',
    '<body></br>Hi|</body>',
    '<body></3 </body>|</body>',
  ])('%s', html => {
    expect(placed(html)).toBe(html)
  })
})

describe('before what is never closed, which would hide it:', () => {
  test.for([
    '<body><p>Hi</p>|<!-- tracking </body></html>',
    '<p>Hi</p>|<a href="x></p></body>',
    '<p>Hi</p>|<style>a{}</body>',
    '|<title>Hi<p>there</p>',
    '<body><p>Hi</p>|</body><!-- ',
    'Hi|<plaintext>you</body>',
  ])('%s', html => {
    expect(placed(html)).toBe(html)
  })
})

describe('never into a paragraph:', () => {
  test.for([
    ['<body><p>Hi</body>', '<body><p>Hi|</body>'],
    ['<p>Hi', '<p>Hi|'],
    ['<p>Hi<div>you</div>', '<p>Hi<div>you</div>|'],
    ['<p>{{floe_footer}}</p><b>PS</b>', '<p></p>|<b>PS</b>'],
    ['<p><b>Hi {{floe_footer}}</b> you</p>PS', '<p><b>Hi </b> you</p>|PS'],
    ['<td><p>Hi {{floe_footer}}</td>PS', '<td><p>Hi |</td>PS'],
    ['<p>Hi {{floe_footer}}', '<p>Hi |'],
    ['<p>Hi {{floe_footer}}<!-- PS', '<p>Hi |<!-- PS'],
  ])('%s', ([html, expected]) => {
    expect(placeInHtml(html!, '|')).toBe(expected)
  })
})

describe('its mark is where it is seen, and no mark is left over:', () => {
  test.for([
    ['<td>{{floe_footer}}</td>PS', '<td>|</td>PS'],
    ['<td>{{ floe_footer }}</td>{{\tfloe_footer}}', '<td>|</td>'],
    ['<title>{{floe_footer}}</title><body>Hi</body>', '<title></title><body>Hi|</body>'],
    ['<style>/* {{floe_footer}} */</style>{{floe_footer}}PS', '<style>/*  */</style>|PS'],
    ['<!--[if mso]>{{floe_footer}}<![endif]--><body>Hi</body>', '<!--[if mso]><![endif]--><body>Hi|</body>'],
    ['<body title="{{floe_footer}}">Hi</body>', '<body title="">Hi|</body>'],
    ['<textarea>{{floe_footer}}</textarea>', '<textarea></textarea>|'],
  ])('%s', ([html, expected]) => {
    expect(placeInHtml(html!, '|')).toBe(expected)
  })

  test('in plain text as well', () => {
    expect(placeInText('Hi\n{{ floe_footer }}\nPS {{floe_footer}}', '|')).toBe('Hi\n|\nPS ')
    expect(placeInText('Hi {{floe_foot}} ', '|')).toBe('Hi {{floe_foot}}\n\n|\n')
  })
})

test('a quote that begins no value ends no value: what lint reads of a tag is what prepare reads of it', () => {
  for (const html of ['<p><a ="></a>Hi</p>|</body><a title="x">', '<body><p x"=y>Hi</p>|</body>'])
    expect(placed(html)).toBe(html)
})
