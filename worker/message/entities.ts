const NAMED: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad', zwnj: '\u200c' },
  ...{ zwj: '\u200d', ensp: ' ', emsp: ' ', thinsp: ' ', middot: '·', bull: '•', hellip: '…', ndash: '–' },
  ...{ mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', copy: '©' },
  ...{ reg: '®', trade: '™', szlig: 'ß', aelig: 'æ', oelig: 'œ', oslash: 'ø', eth: 'ð', thorn: 'þ' },
  ...{ comma: ',', period: '.', colon: ':', semi: ';', sol: '/', num: '#', percnt: '%', ast: '*', vert: '|' },
  ...{ lcub: '{', rcub: '}', lbrace: '{', rbrace: '}', lsqb: '[', rsqb: ']', dollar: '$', commat: '@' },
}

const MARKS: Record<string, string> = {
  ...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', ring: '\u030a' },
  ...{ cedil: '\u0327', caron: '\u030c', ogon: '\u0328', breve: '\u0306', dot: '\u0307' },
}

/** Returns a text of HTML with its character references read; one that is not known stays as it is. */
export const withoutEntities = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined)
      return own(NAMED, name) ?? own(NAMED, name.toLowerCase()) ?? accented(name) ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** Returns the letter of a name such as `eacute`. */
function accented(name: string): string | undefined {
  const mark = own(MARKS, name.slice(1))
  return mark && (name[0]! + mark).normalize('NFC')
}

/** What every object of JavaScript has, such as `constructor`, is no name. */
const own = (named: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(named, name) ? named[name] : undefined
