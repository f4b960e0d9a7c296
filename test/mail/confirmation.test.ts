import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { directionOf, LOCALES } from '../../core/locale.ts'
import type { ConfirmationMail } from '../../worker/mail/confirmation.ts'
import { mailWordsOf } from '../../worker/mail/words.ts'
import { test as base, PHONE } from '../support/browser.ts'
import { CANCEL, CONFIRM, expectAccessible, HOSTILE, htmlFaults, mail, NOTICE } from './confirmation.ts'

/** A test with a page that the file's tests show their mails on, one after the other. */
const test = base.extend<{ $file: { page: Page } }>({
  page: [
    async ({ browser }, use) => {
      const context = await browser.newContext(PHONE)
      await use(await context.newPage())
      await context.close()
    },
    { scope: 'file' },
  ],
})

/** The text without what nobody sees, so that it can be compared however its lines end. */
const bare = (text: string) => text.replace(/[\s\u200c\u2068\u2069]/gu, '')
const count = (text: string, part: string) => text.split(part).length - 1
/** Columns of a line on a terminal, where Japanese letters and emoji take two. */
const columns = (line: string) => line.length + (line.match(/[\u3000-\u9fff\uff01-\uff60]/gu)?.length ?? 0)

describe.for(LOCALES)('in %s', locale => {
  const { subject, text, html } = mail(locale)
  const words = mailWordsOf(locale).confirmation

  test('the subject names the sender', () => {
    expect(subject).toContain('North & Co.')
    expect(html).toContain(`<title>${subject.replace('&', '&amp;')}</title>`)
  })

  test('text and page name sender, company, topics, place, both days and the notice', () => {
    for (const part of [text, html.replaceAll('&amp;', '&')].map(bare)) {
      const days = [21, 28].map(day =>
        new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
          dateStyle: 'long',
          timeZone: 'UTC',
        }).format(Date.UTC(2026, 10, day)),
      )
      const facts = [
        'North & Co.',
        'Penguin Mail Co.',
        'News',
        'What is new in the shop',
        'Offers',
        'north.example',
      ]
      for (const fact of [
        ...facts,
        ...days,
        words.silence,
        words.takeBack,
        words.ifYou,
        NOTICE,
        'privacy',
        'Floe',
      ])
        expect(part).toContain(bare(fact))
    }
  })

  test('the text has each address once, on a line of its own', () => {
    const lines = text.split('\n')
    for (const url of [CONFIRM, CANCEL, NOTICE]) expect(lines.filter(line => line === url)).toHaveLength(1)
    expect(count(text, 'https://')).toBe(3)
  })

  test('the page has one button, the same address to copy, the way to refuse, the notice, and no other link', () => {
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g)]
    expect(links.map(([, href]) => href)).toEqual([CONFIRM, CONFIRM, CANCEL, NOTICE.replace('&', '&amp;')])
    expect(links[0]![2]).toBe(words.yes)
    expect(links[1]![2]).toBe(CONFIRM)
    expect(links[2]![2]).toContain(words.no)
    expect(count(html, `>${CONFIRM}<`)).toBe(1)
    expect(count(html, 'href=')).toBe(4)
  })

  test('it loads nothing, runs nothing and tells nobody that it was read', () => {
    expect(html).not.toMatch(
      /<(img|link|script|iframe|form|object|svg|video)|\bsrc|url\(|@import|@font-face|\son\w+=/i,
    )
    expect(html.match(/https?:\/\/[^"<]+/g)).toHaveLength(5)
  })

  test('it says its language and direction, also to programs that keep only what is in the body', () => {
    const marks = `lang="${locale}" dir="${directionOf(locale)}"`
    expect(html).toContain(`<html ${marks}>`)
    expect(html).toContain(`<table role="presentation" ${marks}`)
  })

  test('the page begins with what the inbox shows', () => {
    expect(/<body[^>]*>\s*<div style="display:none[^"]*">([^<]+)</.exec(html)?.[1]).toBe(words.preview)
  })

  test('no line of the text is longer than 72 columns, but addresses', () => {
    const long = (of: string) =>
      of.split('\n').filter(line => columns(line) > 72 && !line.startsWith('https://'))
    expect(long(text)).toEqual([])
    for (const [, sender] of HOSTILE) expect(long(mail(locale, { sender, company: sender }).text)).toEqual([])
  })

  test('no line begins with a mark that belongs to the one before, and none ends in a blank', () => {
    for (const sender of ['North', 'North & Co.', 'N'.repeat(20), '北国商会']) {
      const lines = mail(locale, { sender }).text.split('\n')
      expect(lines.filter(line => /^ *[、。」），：？ー.,:;?!)]| $/.test(line))).toEqual([])
    }
  })

  test('it is shorter than 12 KB', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(12_000)
  })

  test('without a known place and without a notice it says neither', () => {
    const less = mail(locale, { source: undefined, notice: undefined })
    for (const part of [less.text, less.html]) expect(part).not.toMatch(/undefined|privacy/)
    expect(count(less.html, 'href=')).toBe(3)
  })

  test('the page is valid HTML', async () => {
    expect(await htmlFaults(locale, ['North & Co.'])).toEqual([])
  })
})

describe('a sender who names themselves, a topic, a place or a notice', () => {
  const named = (name: string): Partial<ConfirmationMail> => ({
    sender: name,
    company: name,
    topics: [
      { displayName: name, description: name },
      { displayName: name, description: name },
    ],
    source: name,
    notice: { name, version: name, url: NOTICE },
  })
  const ELEMENTS = `[...document.querySelectorAll('*')].map(one => one.tagName + [...one.attributes].map(of => of.name))`
  const LINKED = /https?:\/|www\.[a-z]|[a-z0-9-]\.[a-z]{2,}|\S@[a-z]/i

  test.for(HOSTILE)('%s changes nothing but names', async ([, name], { page }) => {
    await page.setViewportSize({ width: 320, height: 700 })
    expect(await htmlFaults('en', [name])).toEqual([])
    for (const locale of ['en', 'ar'] as const) {
      const { subject, text, html } = mail(locale, named(name))
      expect(subject.length).toBeLessThanOrEqual(100)
      for (const part of [subject, text, html]) {
        expect(part).not.toMatch(/[\u202a-\u202e\u2066\u2067\u200e\u200f\u061c\u2028\u2029\x85\r]/)
        expect(() => encodeURIComponent(part)).not.toThrow()
      }
      expect(subject).not.toContain('\n')
      expect(count(text, '\u2068')).toBe(count(text, '\u2069'))
      await page.setContent(mail(locale, { company: 'North & Co.' }).html)
      const elements = await page.evaluate(ELEMENTS)
      await page.setContent(html)
      expect(await page.evaluate(ELEMENTS)).toEqual(elements)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      const shown = String(await page.evaluate('document.body.innerText'))
      for (const words of [shown, text])
        expect([CANCEL, CONFIRM, NOTICE].reduce((rest, url) => rest.replaceAll(url, ''), words)).not.toMatch(
          LINKED,
        )
    }
  })

  test('in letters of the other direction is set apart from the words around it', () => {
    const { subject, text, html } = mail('en', { sender: 'צפון ושות׳ (1)' })
    expect(subject).toBe('Please confirm: mail from \u2068צפון ושות׳ (1)\u2069')
    expect(text).toContain('from \u2068צפון ושות׳ (1)\u2069:')
    expect(html).toContain('from <bdi>צפון ושות׳ (1)</bdi>:')
    expect(mail('ar').subject).toContain('\u2068North & Co.\u2069')
    expect(mail('en').text).not.toContain('\u2068')
  })

  test('at length has the subject cut and nothing else', () => {
    for (const sender of ['W'.repeat(100), '👩'.repeat(50), 'צ'.repeat(100)]) {
      for (const locale of LOCALES) {
        const { subject, text } = mail(locale, { sender })
        expect(subject.length).toBeLessThanOrEqual(100)
        expect(subject).toContain('…')
        expect(() => encodeURIComponent(subject)).not.toThrow()
        expect(bare(text)).toContain(sender)
      }
    }
  })

  test('as the company is called has the name once in the last line', () => {
    expect(mail('en', { company: 'North & Co.' }).text).toMatch(
      /\n\nSent by North & Co\., carried by Floe\.\n$/,
    )
    expect(mail('en').text).toMatch(/\n\nSent by North & Co\. \(Penguin Mail Co\.\), carried by Floe\.\n$/)
  })
})

test.for(['en', 'ar', 'ja'] as const)(
  'axe objects to nothing in %s, light or dark, on a phone',
  async (locale, { page }) => {
    await page.setViewportSize(PHONE.viewport)
    await expectAccessible(page, locale)
  },
)

test.for(LOCALES)('in %s the text says everything that the page says', async (locale, { page }) => {
  const { text, html } = mail(locale)
  await page.setContent(html)
  const lines = String(await page.evaluate('document.querySelector("main").innerText')).split('\n')
  const { byHand } = mailWordsOf(locale).confirmation
  expect(lines.length).toBeGreaterThan(12)
  expect(lines.filter(line => line !== byHand && !bare(text).includes(bare(line)))).toEqual([])
})

test('the page reads from right to left in Arabic', async ({ page }) => {
  await page.setViewportSize(PHONE.viewport)
  await page.setContent(mail('ar').html)
  const side = (of: string) =>
    page.evaluate<number>(`{ const range = document.createRange(); range.selectNodeContents(document.querySelector('${of}'))
      Math.round(360 - range.getBoundingClientRect().right) }`)
  // 12 px of ground, a line, 20 px of sheet; at the head no line.
  expect([await side('h1'), await side('.ends')]).toEqual([33, 32])
})
