/** A message as somebody sent it, and what is to come of it. */
export interface Shape {
  /** The message, byte by byte as characters, its lines ended by LF. */
  message: string
  /** Words that its texts have, in front of the footer. */
  text?: string
  html?: string
  /** Words of the refusal. */
  refused?: string
  /** Codes of the notes, with words of each. */
  notes?: Record<string, string>
  /** What stands in it as before, byte by byte. */
  kept?: string
  /** Parsers that do not find both texts with their footers, in the answer as in the message, and why. */
  otherwise?: Partial<Record<ParserName, string>>
}

/** Parsers that know nothing of each other. */
export type ParserName = 'postal-mime' | 'mailparser'

const HEAD = 'From: North <news@north.example>\nTo: ada@example.com\nSubject: Hello\nMIME-Version: 1.0\n'
const single = (fields: string, body: string) => `${HEAD}${fields}\n\n${body}\n`
const utf8 = (text: string) => Buffer.from(text).toString('latin1')
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

const PLAIN = 'Content-Type: text/plain; charset=utf-8\n\nHello Ada'
const HTML = 'Content-Type: text/html; charset=utf-8\n\n<html><body><p>Hello Ada</p></body></html>'
const PDF =
  'Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="a.pdf"\n\nJVBERi0xLjQK'

const multipart = (
  parameter: string,
  boundary: string,
  parts: string[],
  type = 'mixed',
  end = `\n--${boundary}--\n`,
) =>
  `${HEAD}Content-Type: multipart/${type}; ${parameter}\n\n${parts.map(part => `--${boundary}\n${part}`).join('\n')}${end}`
const parts = (...all: string[]) => multipart('boundary=b', 'b', all)
const both = (parameter: string, boundary: string) =>
  multipart(parameter, boundary, [PLAIN, HTML], 'alternative')
const inner = (type: string, boundary: string, ...all: string[]) =>
  `Content-Type: multipart/${type}; boundary=${boundary}\n\n${all.map(part => `--${boundary}\n${part}\n`).join('')}--${boundary}--`
const charset = (name: string, encoding: string, body: string, text: string): Shape => ({
  message: single(`Content-Type: text/plain; charset=${name}\nContent-Transfer-Encoding: ${encoding}`, body),
  text,
})

const HELLO = { text: 'Hello Ada', html: '<p>Hello Ada</p>' }
const SOGO = '----=_=-_OpenGroupware_org_NGMime-12-1700000000.123456-7------'
const JAPANESE = '\x1b$B$3$s$K$A$O\x1b(B'

const BOUNDARIES: Record<string, Shape> = {
  'a boundary without quotes': { ...HELLO, message: both('boundary=b', 'b') },
  'a boundary that ends in dashes': { ...HELLO, message: both('boundary="b--"', 'b--') },
  "SOGo's boundary": { ...HELLO, message: both(`boundary="${SOGO}"`, SOGO) },
  "Java's boundary": { ...HELLO, message: both('\n\tboundary="----=_Part_1_2.3"', '----=_Part_1_2.3') },
  'a boundary of signs and blanks': {
    ...HELLO,
    message: both(`boundary="=_(a+b)?.*'/:, x"`, "=_(a+b)?.*'/:, x"),
  },
  'a boundary with an escaped quote': { ...HELLO, message: both('boundary="a\\"1"', 'a"1') },
  'a boundary in two pieces (RFC 2231)': {
    ...HELLO,
    notes: { head_mended: '1 multipart/alternative' },
    message: both('boundary*0="abc";\n boundary*1="def"', 'abcdef'),
  },
  'an encoded boundary (RFC 2231)': {
    notes: { head_mended: '1 multipart/alternative' },
    ...HELLO,
    message: both("boundary*=us-ascii'en'a%2Bb", 'a+b'),
  },
  'a boundary in the value of another parameter': {
    ...HELLO,
    message: both('x="a; boundary=zz"; boundary="b"', 'b'),
  },
  'blanks around the equals sign': { ...HELLO, message: both('boundary = "b"', 'b') },
  'a comment before the type': {
    notes: { head_mended: '1 multipart/alternative' },
    ...HELLO,
    message: both('boundary=b', 'b').replace('multi', '(by (x\\)) y) multi'),
  },
  'a comment behind the boundary': {
    notes: { head_mended: '1 multipart/alternative' },
    ...HELLO,
    message: both('boundary=b (made; by=x)', 'b'),
  },
  'a boundary with something behind its quotes': {
    ...HELLO,
    message: both('boundary="b"--', 'b'),
    notes: { head_mended: '1 multipart/alternative' },
  },
  'a boundary with a fold in its quotes': {
    ...HELLO,
    message: both('boundary="b\n "', 'b'),
    notes: { head_mended: '1 multipart/alternative' },
  },
  'a quote where no parameter is': {
    ...HELLO,
    message: both('x"a; boundary=zz"; boundary=b', 'b'),
    notes: { head_mended: '1 multipart/alternative' },
  },
  'a type with blanks around its slash': {
    ...HELLO,
    message: both('boundary=b', 'b').replace('multipart/', 'multipart\n / '),
    notes: { head_mended: '1 multipart/alternative' },
  },
  'parts that are all empty': {
    text: 'Hello Ada',
    message: parts(PLAIN, 'Content-Type: multipart/related; boundary="c--"\n\n--c\nX: y\n\nx\n--c--\n'),
    notes: { text_unchanged: '2 multipart/related' },
  },
  'a type in capitals': { ...HELLO, message: both('BOUNDARY=b', 'b').replace('multipart', 'MULTIPART') },
  'an inner boundary that begins like the outer one': {
    ...HELLO,
    message: parts(inner('alternative', 'b1', PLAIN, HTML), PDF),
    kept: PDF,
  },
  'no closing boundary': {
    ...HELLO,
    message: multipart('boundary=b', 'b', [PLAIN, HTML], 'alternative', '\n'),
  },
  'lines that are nearly delimiters': {
    ...HELLO,
    message: both('boundary=b', 'b').replace('Hello Ada\n', '--bx\n -- b\nHello Ada\n'),
  },
  'blanks behind a delimiter': {
    otherwise: { mailparser: 'wants the delimiter and nothing behind it' },
    ...HELLO,
    message: both('boundary=b', 'b').replaceAll('--b\n', '--b \t\n'),
  },
  'a delimiter twice': { ...HELLO, message: both('boundary=b', 'b').replace('--b\n', '--b\n--b\n') },
  'a preamble and an epilogue': {
    ...HELLO,
    message: `${parts(PLAIN, HTML).replace('\n\n--b', '\n\npre\n--b')}post\n`,
    kept: '--b--\npost\n',
  },
  'parts behind the closing boundary': {
    text: 'Hello Ada',
    message: `${parts(PLAIN)}--b\n${HTML}\n--b--\n`,
    notes: { text_unchanged: '1 multipart/mixed' },
  },
  'no boundary at all': {
    message: parts(PLAIN).replace('; boundary=b', ''),
    refused: '(part 1 multipart/mixed)',
  },
  'a boundary that is not there': { message: multipart('boundary=x', 'b', [PLAIN]), refused: 'told apart' },
  'two boundaries': { message: both('boundary=b; boundary=c', 'b'), refused: 'disagree' },
  'two types': {
    message: both('boundary=b', 'b').replace('\n\n', '\nContent-Type: text/plain\n\n'),
    refused: 'disagree',
  },
}

const TREES: Record<string, Shape> = {
  'text and HTML beside a PDF': {
    ...HELLO,
    message: parts(inner('alternative', 'c', PLAIN, HTML), PDF),
    kept: PDF,
  },
  'HTML with an image': {
    html: '<p>Hello Ada</p>',
    message: multipart('boundary=b', 'b', [HTML, 'Content-Type: image/png\nContent-ID: <i>\n\nx'], 'related'),
    kept: 'Content-ID: <i>\n\nx',
  },
  'an invitation': {
    ...HELLO,
    message: multipart(
      'boundary=b',
      'b',
      [PLAIN, HTML, 'Content-Type: text/calendar\n\nBEGIN:VCALENDAR'],
      'alternative',
    ),
    kept: 'BEGIN:VCALENDAR',
  },
  'an Italian invoice': {
    text: 'Hello Ada',
    message: parts(
      PLAIN,
      'Content-Type: application/pkcs7-mime; name="i.xml.p7m"\nContent-Disposition: attachment\n\nMIIB',
    ),
    kept: 'name="i.xml.p7m"\nContent-Disposition: attachment\n\nMIIB',
  },
  'a text file with a name alone': {
    html: '<p>Hello Ada</p>',
    message: parts('Content-Type: text/plain; name="list.csv"\n\na;b', HTML),
    kept: 'Content-Type: text/plain; name="list.csv"\n\na;b',
  },
  'a text file with a name in pieces': {
    html: '<p>Hello Ada</p>',
    message: parts(
      "Content-Type: text/plain\nContent-Disposition: inline; filename*0*=utf-8''a;\n filename*1=b\n\na;b",
      HTML,
    ),
    kept: "filename*0*=utf-8''a;\n filename*1=b\n\na;b",
  },
  'two texts of a kind': {
    text: 'Hello Ada',
    html: '<p>Hello Ada</p>',
    message: parts(PLAIN, inner('mixed', 'c', HTML, PDF, HTML)),
    notes: { text_unchanged: '2.3 text/html' },
  },
  'an empty text part': {
    ...HELLO,
    message: both('boundary=b', 'b').replace('\nHello Ada\n', '\n'),
    text: '',
  },
  'AMP beside text and HTML': {
    ...HELLO,
    message: multipart(
      'boundary=b',
      'b',
      [PLAIN, 'Content-Type: text/x-amp-html\n\n<html amp4email>', HTML],
      'alternative',
    ),
    notes: { text_unchanged: '2 text/x-amp-html' },
    kept: 'text/x-amp-html\n\n<html amp4email>',
  },
  'HTML with the name of a file, where it is shown': {
    text: 'Hello Ada',
    message: both('boundary=b', 'b').replace('text/html;', 'text/html; name="mail.html";'),
    notes: { text_unchanged: '2 text/html' },
  },
  'a text that cannot be read, beside one that can': {
    html: '<p>Hello Ada</p>',
    message: parts('Content-Type: text/plain; charset=x-martian\n\nHello', HTML),
    notes: { text_unchanged: '1 text/plain' },
    kept: 'charset=x-martian\n\nHello',
  },
  'a forwarded message': {
    text: 'Hello Ada',
    message: parts(PLAIN, 'Content-Type: message/rfc822\n\nFrom: a@b.example\n\nold'),
    kept: 'message/rfc822\n\nFrom: a@b.example\n\nold',
  },
  'a digest': {
    message: multipart('boundary=b', 'b', ['\nFrom: a@b.example\n\none'], 'digest'),
    refused: 'no text that',
  },
  'a PDF alone': { message: parts(PDF), refused: 'no text that' },
  'a text file alone': { message: parts('Content-Type: text/plain; name=a.txt\n\nx'), refused: 'not a file' },
  'S/MIME that is signed as a whole': {
    message: single('Content-Type: application/pkcs7-mime; smime-type=signed-data', 'MIIB'),
    refused: 'is signed',
  },
}

const CHARSETS: Record<string, Shape> = {
  'ISO-2022-JP in 7bit': charset('ISO-2022-JP', '7bit', JAPANESE, 'こんにちは'),
  'ISO-2022-JP that is not named': {
    ...charset('us-ascii', '7bit', JAPANESE, 'こんにちは'),
    notes: { charset_guessed: '1 text/plain' },
  },
  'ISO-2022-JP of Microsoft': charset('iso-2022-jp-ms', '7bit', JAPANESE, 'こんにちは'),
  'ISO-2022-KR': charset('iso-2022-kr', '7bit', '\x1b$)C\n\x0e>H3gGO<<?d\x0f Ada', '안녕하세요 Ada'),
  HZ: charset('hz-gb-2312', '7bit', 'a~~b ~{VPND~} c', 'a~b 中文 c'),
  'UTF-7': charset('utf-7', '7bit', 'Gr+APwA3w-e +- Ada', 'Grüße + Ada'),
  'UTF-16 with its mark': charset('utf-16', 'base64', base64('feff00480069'), 'Hi'),
  'UTF-16 without': charset('utf-16', 'base64', base64('00480069'), 'Hi'),
  'UTF-16 in 8bit': charset('utf-16le', '8bit', 'H\0i\0', 'Hi'),
  cp932: charset('cp932', 'base64', base64('82b182f1'), 'こん'),
  Big5: charset('big5', 'base64', base64('a741a66e'), '你好'),
  'GB 2312': charset('gb2312', 'base64', base64('c4e3bac3'), '你好'),
  'EUC-KR': charset('ks_c_5601-1987', 'base64', base64('bec8b3e7'), '안녕'),
  'KOI8-R': charset('koi8-r', 'quoted-printable', '=F0=D2=C9=D7=C5=D4', 'Привет'),
  'Latin 1 in 8bit': charset('iso-8859-1', '8bit', 'Gr\xfc\xdfe', 'Grüße'),
  'Windows-1252 that calls itself ASCII': {
    ...charset('us-ascii', '8bit', 'Don\x92t \x80', 'Don’t €'),
    notes: { charset_guessed: '1 text/plain' },
  },
  'a charset in single quotes': charset("'utf-8'", '8bit', utf8('Grüße'), 'Grüße'),
  'a charset with a comment': charset('utf-8 (Unicode)', '8bit', utf8('Grüße'), 'Grüße'),
  'a charset in capitals and an encoding with a comment': charset(
    '"UTF8"',
    '8BIT (x)',
    utf8('Grüße'),
    'Grüße',
  ),
  'a charset that is not known by its own word': charset('unknown-8bit', '8bit', utf8('Grü'), 'Grü'),
  'emoji that quoted-printable left as they are': charset(
    'utf-8',
    'quoted-printable',
    utf8('🦉=20=C3=BC'),
    '🦉 ü',
  ),
  'base64 without padding': charset('utf-8', 'base64', 'SGVsbG8gQWRhIQ', 'Hello Ada!'),
  'bytes that are no UTF-8': {
    message: single('Content-Type: text/plain; charset=utf-8', '\xff\xfe'),
    refused: 'not what it says',
  },
  'half a letter of GB 2312': {
    ...charset('gb2312', 'base64', base64('c4'), ''),
    refused: 'not what it says',
  },
  'uuencoded text': {
    ...charset('utf-8', 'x-uuencode', 'begin 644 a\n%2&5L\n`\nend', ''),
    refused: 'transfer encoding',
  },
  "base64 with a list's footer behind it": {
    ...charset('utf-8', 'base64', 'SGk=\n\n-- \nlist', ''),
    refused: 'transfer encoding',
  },
  'flowed text': {
    message: single('Content-Type: text/plain; format=flowed; charset=us-ascii; delsp="yes"', 'Hello \nAda'),
    text: 'Hello',
    kept: 'Content-Type: text/plain; charset=utf-8;\n format=flowed;\n delsp="yes"\n',
  },
}

const HEADS: Record<string, Shape> = {
  'no type': { message: 'From: a@north.example\n\nHello Ada\n', text: 'Hello Ada' },
  'the type of before there were subtypes': {
    message: single('Content-Type: text', 'Hello Ada'),
    text: 'Hello Ada',
  },
  'a type with something behind it': {
    message: single('Content-Type: text/html charset=utf-8', 'Hi'),
    html: 'Hi',
  },
  'a blank line first': {
    message: `\n${single('X: y', 'Hello Ada')}`,
    text: 'Hello Ada',
    notes: { head_mended: '1 text' },
  },
  'a mark of UTF-8 first': {
    message: `\xef\xbb\xbf${single('X: y', 'Hello Ada')}`,
    text: 'Hello Ada',
    notes: { head_mended: '1 text/plain' },
  },
  "an mbox's line first": {
    message: `From a@b.example Fri Nov 20 10:00:00 2026\n${single('X: y', 'Hello Ada')}`,
    text: 'Hello Ada',
    notes: { head_mended: '1 text/plain' },
  },
  'a line that is no field': {
    ...HELLO,
    message: `Received: x\nthis is no field\n${both('boundary=b', 'b')}`,
    notes: { head_mended: '1 multipart/alternative' },
  },
  'a parameter without its indentation': {
    ...HELLO,
    message: both('boundary=b', 'b').replace('alternative; ', 'alternative;\n'),
    notes: { head_mended: '1 multipart/alternative' },
  },
  'a body that no blank line parts from the head': {
    message: 'From: a@north.example\nHello Ada,\nhow are you?\n\nYours\n',
    text: 'Hello Ada,',
    notes: { head_mended: '1 text/plain' },
  },
  'letters of Latin 1 in a field': {
    message: single('X: Gr\xfc\xdfe', 'Hello Ada'),
    text: 'Hello Ada',
    kept: 'X: Gr\xfc\xdfe\n',
  },
  'a carriage return alone': {
    message: single('X: y\rContent-Type: text/html', 'Hello'),
    refused: 'carriage return',
  },
  'no field at all': { message: 'Hello Ada,\n\nhow are you?\n', refused: 'no header fields' },
}

/** Messages of our own, after what mail programs and their users' reports show. */
export const SHAPES: Record<string, Shape> = { ...BOUNDARIES, ...TREES, ...CHARSETS, ...HEADS }
