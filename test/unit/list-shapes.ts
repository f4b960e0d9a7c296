import { createHash } from 'node:crypto'

/** A list as somebody sends it, and what must be read of it: each recipient and reason, each line refused, or the whole refused. */
export interface Shape {
  name: string
  file: string | Uint8Array
  read: string
  format?: 'csv' | 'ndjson'
  charset?: string
  addressColumn?: string
  reasonColumn?: string
  /** The scope that is named, and its topic. */
  scope?: string
  topic?: string
}

const ONE = 'one@example.com'
const TWO = 'two@example.com'
const BOTH = 'one two'
const hex = (address: string) => createHash('sha256').update(address).digest('hex')
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const wide = (text: string) => Buffer.from(text, 'utf16le')
const wideBig = (text: string) => wide(text).swap16()
const bytes = (...parts: (string | Uint8Array)[]) =>
  Buffer.concat(parts.map(part => Buffer.from(part as string)))

const rows = (shapes: [string, string | Uint8Array, string, Partial<Shape>?][]): Shape[] =>
  shapes.map(([name, file, read, more]) => ({ name, file, read, ...more }))

/** Line ends, and files with nothing in them. */
const LINES = rows([
  ['CR alone, with a header', `email,name\r${ONE},Ada\r${TWO},Bob\r`, BOTH],
  ['CR alone, without one', `${ONE}\r${TWO}`, BOTH],
  ['CR, LF and CRLF', `email\r${ONE}\n${TWO}\r\nx\r\ry`, 'one two 4:invalid_address 6:invalid_address'],
  ['CR between quotes', `name,email\r"Ada\rByron",${ONE}\rBob,x\r`, 'one 4:invalid_address'],
  ['CRLF between quotes', `name,email\r\n"Ada\r\nByron",${ONE}\r\nBob,x\r\n`, 'one 4:invalid_address'],
  [
    'quotes behind what parts no cells in it',
    `email,note\n${ONE},he said;"hi\n\n${TWO},x\nbad,she said;"\n${TWO},\n`,
    'one two two 5:invalid_address',
  ],
  ['such quotes and CR', `email,note\r${ONE},size 5|"\r${TWO},x\rbad,8|"\r`, 'one two 4:invalid_address'],
  ['CR CRLF, as text mode doubles it', `email\r\r\n${ONE}\r\r\nx\r\r\n`, 'one 5:invalid_address'],
  ['CR alone, as JSON', `{"email":"${ONE}"}\r"${TWO}"\r`, BOTH, { format: 'ndjson' }],
  ['nothing at all', '', ''],
  ['a header alone', 'email,reason\r\n', 'import.nothing_read'],
  ['a byte order mark alone', '\ufeff', 'import.nothing_read'],
  ['blank lines alone', '\r\n \n\t\n\r', 'import.nothing_read'],
  ['blank lines of JSON', '\n\n', 'import.nothing_read', { format: 'ndjson' }],
  ['a header and blank lines', 'email\n\n\n\n', 'import.nothing_read'],
  ['Ctrl-Z and NUL at the end', `email\r\n${ONE}\r\n\x1a\0\0`, 'one'],
  ['blank lines between', `email\n\n${ONE}\n  \n${TWO}\n\n`, BOTH],
])

/** Charsets. What is not sure in an address is refused; in a name it does not matter. */
const CHARSETS = rows([
  ['Windows-1252 in names', latin1(`email;name\r\n${ONE};J\xfcrgen\r\n${TWO};Bob\r\n`), BOTH],
  ['Windows-1252 in the header', latin1(`Pr\xe9nom;Email\r\nZo\xeb;${ONE}\r\n`), 'one'],
  [
    'Windows-1252 in the heading of addresses',
    latin1(`Nombre;Correo electr\xf3nico\r\nAda;${ONE}\r\n`),
    'one',
  ],
  ['Windows-1252 in an address', latin1(`email\nj\xf6rg@example.com\n${ONE}\n`), 'one 2:not_utf8'],
  ['a soft hyphen that may be a letter', latin1(`email\none\xad@example.com\n${TWO}\n`), 'two 2:not_utf8'],
  ['Windows-1252 by its name', latin1(`email\nj\xf6rg@example.com\n`), 'jörg', { charset: 'windows-1252' }],
  [
    'UTF-8 that is called Windows-1252',
    `email,name\njörg@example.com,x\n${ONE},Jörg\n`,
    'one 2:wrong_charset',
    { charset: 'windows-1252' },
  ],
  [
    'Windows-1252 that is called UTF-8',
    latin1(`email,name\nj\xf6rg@example.com,x\n${ONE},J\xf6rg\n`),
    'one 2:not_utf8',
    { charset: 'utf-8' },
  ],
  [
    'Shift_JIS by its name',
    bytes([0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b] as never, `\n${ONE}\n`),
    'one',
    { charset: 'shift_jis' },
  ],
  ['UTF-8 with a mark', `\ufeff"email","name"\n"${ONE}","Ada"\n`, 'one'],
  ['UTF-8 with a mark, without header', `\ufeff${ONE}\n${TWO}\n`, BOTH],
  [
    'UTF-16 with a mark',
    wide(`\ufeffemail\tname\r\n${ONE}\tJörg 🦉\r\n${TWO}\t\r\nx\r\n`),
    'one two 4:invalid_address',
  ],
  ['UTF-16 with the big end first', wideBig(`\ufeffemail\r\n${ONE}\r\njörg@example.com`), 'one jörg'],
  ['UTF-16 without a mark', wide(`email\r\n${ONE}\r\n`), 'one'],
  ['UTF-16 without a mark, big end first', wideBig(`${ONE}\r\n${TWO}\r\n`), BOTH],
  ['UTF-16 by its name', wide(`メール\n${ONE}\n`), 'one', { charset: 'utf-16' }],
  ['UTF-16 that is called UTF-8', wide(`email\n${ONE}\n`), 'one', { charset: 'utf-8' }],
  ['UTF-8 that is called UTF-16', `email\n${ONE}\n`, 'import.no_address_column', { charset: 'utf-16' }],
  ['UTF-16 as JSON', wide(`\ufeff{"email":"${ONE}"}\n`), 'one', { format: 'ndjson' }],
  ['half a letter of UTF-16', wide(`email\nj\ud83drg@example.com\n${ONE}\n`), 'one 2:invalid_address'],
  ['UTF-32', bytes(Buffer.from([0xff, 0xfe, 0, 0, 0x65, 0, 0, 0])), 'import.encoding'],
  ['a letter that was lost before', `email\nj\ufffdrg@example.com\n${ONE}\n`, 'one 2:invalid_address'],
  ['a zip', bytes('PK\x03\x04\n', ONE), 'import.encoding'],
  ['a PDF', `%PDF-1.7\n${ONE}\n`, 'import.encoding'],
  ['a gzip', bytes(Buffer.from([0x1f, 0x8b, 8]), `\n${ONE}`), 'import.encoding'],
  ['zeros', Buffer.alloc(64), 'import.nothing_read'],
  ['a name with a zero', `ab\0c,email\n${ONE}\n`, 'import.encoding'],
])

/** What stands above the data, and what parts its cells. */
const SHAPES = rows([
  ['sep= first', `sep=;\r\nName;Email\r\nA,B;${ONE}\r\nC;x\r\n`, 'one 4:invalid_address'],
  ['sep= after a mark, quoted', `\ufeff"sep=,"\nemail,name\n${ONE},Ada\n`, 'one'],
  ['a comment', `# exported 2026-11-01\nemail\n${ONE}\n`, 'one'],
  ['a title', `Suppression list 2026;;\nEmail;Reason;Date\n${ONE};x;y\n`, 'one'],
  [
    'a title, a date and blank lines',
    `Our list\n\n"2026-11-01"\n\nemail,name\n${ONE},Ada\nx,\n`,
    'one 7:invalid_address',
  ],
  ['a row above the header', `Ada,${ONE}\nname,email\nBob,${TWO}\n`, BOTH],
  ['a bad row at the top of a plain list', `nobody\n${ONE}\n`, 'one 1:invalid_address'],
  ['columns that are not known', `Kunde;Zustand\n${ONE};subscribed\n`, 'import.no_address_column'],
  ['more commas than semicolons', `Name, given, and middle;Email;City\nAda;${ONE};Rome\n`, 'one'],
  ['tabs', `Name\tEmail\nAda, B\t${ONE}\n`, 'one'],
  ['bars', `Name|Email\nAda|${ONE}\n`, 'one'],
  ['semicolons without header', `${ONE};Ada, B\n${TWO};Bob\n`, BOTH],
  ['more delimiters in rows than in the header', `email\n${ONE},\n`, 'one'],
  ['quotes within a cell', `name,email\nAda 5" tall,${ONE}\nBob "x" y,${TWO}\n`, BOTH],
  ['quotes with a backslash', `name,email\n"Ada \\"x\\", y",${ONE}\n"Bob \\"z\\"",${TWO}\n`, BOTH],
  ['single quotes', `'email','name'\n'${ONE}','Ada'\n`, 'one'],
  ['a quote that is never closed', `name,email\n"Ada,${ONE}\nBob,${TWO}\n`, 'two 2:unclosed_quote'],
  ['the header again', `email,name\n${ONE},Ada\nemail,name\n${TWO},Bob\n`, 'one two 3:invalid_address'],
  ['a line of a million characters', `email\n${'x'.repeat(1_000_000)}\n${ONE}\n`, 'one 2:too_long'],
  ['one line of a million characters', 'x'.repeat(1_000_000), 'import.no_address_column'],
])

/** Addresses as people and programs write them. */
const CELLS = rows([
  ['a name before it', `email\nAda <${ONE}>\n"Byron, Ada" <${TWO}>\n`, 'one two'],
  ['angles and a quoted cell', `email\n<${ONE}>\n"""Byron, Ada"" <${TWO}>"\n`, BOTH],
  ['itself as a name', `email\n${ONE} <${ONE}>\nBob@x.example <${TWO}>\n`, 'one 3:invalid_address'],
  ['mailto:', `email\nmailto:${ONE}\nMAILTO:two%40example.com?subject=x\n`, BOTH],
  ['a dot or more behind it', `email\n${ONE}.\n${TWO}...\n`, BOTH],
  ['blanks without width', `email\n\u200b${ONE}\n\ufefftwo\u200d@example.com\u00a0\n`, BOTH],
  ['two in a cell', `email\n"${ONE}, ${TWO}"\n${ONE};${TWO}\n`, '2:invalid_address 3:invalid_address'],
  ['another address that it ends as', `email\nx${ONE} <${ONE}>\n${TWO}\n`, 'two 2:invalid_address'],
  [
    'a no-break space at its beginning, or á in DOS',
    latin1(`email\nÁ <\xa0${ONE}>\n\xa0${ONE}.\n${TWO}\n`),
    'two 2:not_utf8 3:not_utf8',
  ],
  ['a hash with 0x and blanks', `sha256\n 0x${hex(ONE)} \n${hex(TWO).toUpperCase()}\n`, BOTH],
  ['an MD5', 'email_md5\nd41d8cd98f00b204e9800998ecf8427e\n', 'import.no_address_column'],
  [
    'a formula made harmless',
    `address\n'+one@example.com\n'-one@example.com\n'=one@example.com\n'@x.example\n`,
    '+one -one =one 5:invalid_address',
  ],
  [
    'an apostrophe of its own, with its hash',
    `address,sha256\n'+one@example.com,${hex("'+one@example.com")}\n'+two@example.com,${hex('+two@example.com')}\n`,
    "'+one +two",
  ],
  ['a text that a spreadsheet keeps', `email,name\n"=""${ONE}""",Ada\n="${TWO}",Bob\n`, BOTH],
  ['a list on one line of JSON', `["${ONE}","${TWO}"]\n`, '1:not_json', { format: 'ndjson' }],
  ['JSON with a mark', `\ufeff{"email":"Ada <${ONE}>"}\n`, 'one', { format: 'ndjson' }],
])

export const FORMS: readonly Shape[] = [...LINES, ...CHARSETS, ...SHAPES, ...CELLS]
