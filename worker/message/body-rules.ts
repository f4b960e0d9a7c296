import { type Facts, LINES_READ, LOOKED_AT } from './facts.ts'
import { saysSame } from './look.ts'
import { placeholdersIn, placeholdersInLink, toldOf } from './placeholders.ts'
import { RULE_SOURCES, type Rule, type RuleSource } from './rule.ts'
import { bracketed } from './scan.ts'
import { isInside } from './target.ts'
import type { WayOut } from './way-out.ts'

const { rfc, gmail, canSpam, casl, ePrivacy, eCommerce, spamAct } = RULE_SOURCES
const WAY_OUT: Record<WayOut, string | undefined> = {
  shown: undefined,
  denied: 'The body says that nobody can unsubscribe, and shows no way to.',
  none: 'The body shows no way to unsubscribe.',
}

/** Rules about the body that laws set, by regime. */
export const FOOTER_RULES: readonly (Rule & { regimes: string[] })[] = [
  ...(
    [
      ['us_canspam', canSpam],
      ['ca_casl', casl],
      ['eu', ePrivacy],
      ['au', spamAct],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.way_out.${regime}`,
    regimes: regime === 'eu' ? ['eu', 'uk'] : [regime],
    severity: 'error' as const,
    fix: 'Put an unsubscribe link into the body: POST /v1/messages/prepare does.',
    source,
    find: ({ wayOut }: Facts) => WAY_OUT[wayOut],
  })),
  ...(
    [
      ['us_canspam', canSpam],
      ['ca_casl', casl],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.postal_address.${regime}`,
    regimes: [regime],
    severity: 'error' as const,
    fix: 'Set the workspace’s postalAddress, and let POST /v1/messages/prepare write the footer.',
    source,
    find: ({ postalAddress, seen }: Facts) => {
      if (postalAddress === null)
        return 'The workspace has no postal address, so that none can be looked for.'
      return saysSame(seen, postalAddress) ? undefined : 'The postal address does not stand in the body.'
    },
  })),
  ...(
    [
      ['eu', eCommerce],
      ['ca_casl', casl],
      ['au', spamAct],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.sender.${regime}`,
    regimes: regime === 'eu' ? ['eu', 'uk'] : [regime],
    severity: 'warning' as const,
    fix: 'Set the workspace’s legalName, and let POST /v1/messages/prepare write the footer.',
    source,
    find: ({ legalName, seen }: Facts) => {
      if (legalName === null) return 'The workspace has no legal name, so that none can be looked for.'
      return saysSame(seen, legalName)
        ? undefined
        : 'The legal name of the sender does not stand in the body.'
    },
  })),
]

/** Other rules about the body. */
export const BODY_RULES: readonly Rule[] = [
  {
    rule: 'body.way_out_hidden',
    severity: 'warning',
    fix: 'Show the link, in letters that can be read: what is hidden or in a comment is no way out.',
    source: canSpam,
    find: ({ isWayOutHidden }) =>
      isWayOutHidden ? 'The HTML has a way to unsubscribe that nobody sees.' : undefined,
  },
  {
    rule: 'body.placeholder',
    severity: 'warning',
    fix: 'Put a value in before the mail goes out, and choose one for whoever has none.',
    source: rfc(2046, '4.1'),
    find: ({ page, text }) => {
      // The text is often made of the HTML, where code could be told from what was left over.
      const inText = placeholdersIn(text.replace(/`[^`\n]*`/g, '')).filter(one => !page.code.includes(one))
      return toldOf([...placeholdersIn(page.prose), ...inText], 'The body')
    },
  },
  {
    rule: 'link.placeholder',
    severity: 'warning',
    fix: 'Put the address in before the mail goes out.',
    source: rfc(3986, '2'),
    find: ({ page }) => toldOf(targetsOf(page).flatMap(placeholdersInLink), 'A link'),
  },
  {
    rule: 'link.local',
    severity: 'warning',
    fix: 'Use the address that readers reach from outside.',
    source: rfc(6761, '6.3'),
    find: ({ page, textLinks, html }) => {
      // Beside HTML, an address that is only written is an example, and no link.
      const links = [...targetsOf(page), ...(html === '' ? textLinks.map(({ url }) => url) : [])]
      return links.some(url => isInside(url) && placeholdersInLink(url).length === 0)
        ? 'A link or an image leads to this machine or into a network of its own: no reader can reach it.'
        : undefined
    },
  },
  {
    rule: 'body.clipped',
    severity: 'warning',
    fix: 'Shorten the HTML, or put {{floe_footer}} further up.',
    source: gmail,
    find: ({ htmlLength }) =>
      htmlLength > LOOKED_AT
        ? 'Gmail shows about 102 kB of HTML and cuts the rest off, the footer with it. These rules look no further either.'
        : undefined,
  },
  {
    rule: 'body.text_length',
    severity: 'note',
    fix: 'Shorten the text, or put {{floe_footer}} further up.',
    source: gmail,
    find: ({ textLength }) =>
      textLength > LOOKED_AT
        ? 'The plain text is longer than 102 kB, and these rules look no further.'
        : undefined,
  },
  {
    rule: 'body.lines',
    severity: 'note',
    fix: 'Leave empty lines out.',
    source: gmail,
    find: ({ isCut }) =>
      isCut
        ? `The message has more than ${LINES_READ.toLocaleString('en')} lines, and these rules look no further.`
        : undefined,
  },
  {
    rule: 'body.text_missing',
    severity: 'note',
    fix: 'Send a plain text beside the HTML.',
    source: rfc(2046, '5.1.4'),
    find: ({ html, text }) => (html !== '' && text.trim() === '' ? 'There is no plain text.' : undefined),
  },
  {
    rule: 'body.tracking_pixel',
    severity: 'warning',
    fix: 'Leave it out, or have consent for it.',
    source: {
      name: 'Directive 2002/58/EC, article 5(3)',
      url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj',
    },
    find: ({ html }) =>
      [...bracketed(html)].some(({ inner }) => isPixel(inner))
        ? 'An image of one pixel tells who opens the mail, which needs consent in the European Union.'
        : undefined,
  },
]

const isPixel = (tag: string): boolean =>
  /^img[\s/]/i.test(tag) &&
  /\bwidth\s*=\s*["']?[01](?:["'\s/]|$)/i.test(tag) &&
  /\bheight\s*=\s*["']?[01](?:["'\s/]|$)/i.test(tag)

const targetsOf = ({ links, images }: Facts['page']): string[] => [...links.map(({ url }) => url), ...images]
