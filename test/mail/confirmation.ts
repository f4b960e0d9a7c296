import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '../../core/locale.ts'
import { type ConfirmationMail, confirmationMail } from '../../worker/mail/confirmation.ts'

/** The address that confirms. */
export const CONFIRM = `https://floe.example.com/c/${'A'.repeat(32)}`
export const CANCEL = `${CONFIRM}/cancel`
export const NOTICE = 'https://north.example/privacy/1?a=1&b=2'

/** A confirmation mail in a language. */
export const mail = (locale: Locale, more: Partial<ConfirmationMail> = {}) =>
  confirmationMail({
    locale,
    sender: 'North & Co.',
    company: 'Penguin Mail Co.',
    topics: [
      { displayName: 'News', description: 'What is new in the shop and behind it, about twice a month.' },
      { displayName: 'Offers', description: 'Sales and early access, at most once a week.' },
    ],
    source: 'north.example',
    requestedAt: Date.UTC(2026, 10, 21, 23, 59, 59, 999),
    expiresAt: Date.UTC(2026, 10, 28, 23, 59, 59, 999),
    confirmUrl: CONFIRM,
    cancelUrl: CANCEL,
    notice: { name: 'privacy', version: '1', url: NOTICE },
    ...more,
  })

/** Names that would be something else in a page or a mail program. */
export const HOSTILE: [why: string, text: string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['an end of everything', '</bdi></strong></p></td></tr></table></main></body></html><h1>You have won</h1>'],
  ['a link', '<a href="https://evil.example/">Confirm</a>'],
  ['quotes', `" onmouseover="alert(1)" x='`],
  ['an entity', '&lt;b&gt; &amp;amp; &#8238;'],
  ['a comment', '<!-- --!> <![CDATA['],
  ['an address that a mail program would make a link of', 'https://evil.example/win?a=1'],
  ['a host that a mail program would make a link of', 'www.evil.example and evil.example'],
  ['an address of mail', 'Write to win@evil.example'],
  ['a right-to-left override', 'North\u202e.oC htroN'],
  ['bidi controls that close and open', '\u2069\u202c\u202e\u2067x\u200f\u061c'],
  ['line ends', 'North\r\nBcc: ada@example.com\r\n\r\nYou have won\u2028\u2029\x85'],
  ['an endless word', 'W'.repeat(100)],
  ['marks upon marks', `Z${'\u0351'.repeat(99)}`],
  ['half a surrogate pair', 'North\uD83D'],
  ['a name of Hebrew letters', 'צפון ושות׳ (1)'],
]

/** Returns what is wrong with the HTML of confirmations by senders of those names. */
export async function htmlFaults(locale: Locale, senders: string[]): Promise<string[]> {
  const faults = await Promise.all(
    senders.map(async sender => {
      const topics = [{ displayName: sender, description: sender }]
      const { results } = await validator.validateString(mail(locale, { sender, topics }).html)
      return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))
    }),
  )
  return faults.flat()
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling of what means the same.
    'doctype-style': 'off',
    'void-style': 'off',
    'prefer-tbody': 'off',
    // Mail programs apply inline styles alone, and some know width, bgcolor and align better than any style.
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    // A sender's name may be long.
    'long-title': 'off',
  },
})

/** Demands that axe objects to nothing in a confirmation, light or dark. */
export async function expectAccessible(page: Page, locale: Locale): Promise<void> {
  await page.setContent(mail(locale).html)
  await page.evaluate(axe.source)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const faults = await page.evaluate<string[]>(`axe.run().then(({ violations }) =>
      violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))`)
    expect(faults, colorScheme).toEqual([])
    const ground = await page.evaluate('getComputedStyle(document.querySelector("main")).backgroundColor')
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(237, 243, 247)' : 'rgb(11, 19, 26)')
  }
}
