import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { LOCALES, type Locale } from '../../core/locale.ts'
import { freePorts } from '../../local/port.ts'
import { axeViolations, faultsOfHtml } from '../browser/faults.ts'
import { openBrowser } from '../support/browser.ts'
import { openWorld } from '../support/world.ts'
import { type Kept, publicPages, recipientPages } from './collect.ts'
import { dress } from './dress.ts'
import { openFront } from './front.ts'
import { type Scores, scoresOf } from './lighthouse.ts'

/** Lighthouse takes ten seconds a page, so it audits every kind of page in one language of each direction. */
const LIGHTHOUSE_LOCALES: Locale[] = ['en', 'ar']
const WEIGHT_MAX_BYTES = 20_000
const THEMES = ['light', 'dark'] as const

/** The findings of one kind of page, over all languages and themes. */
interface Row {
  pages: number
  axe: number
  html: number
  bytes: number
  foreign: number
  cookies: number
  policy: number
  scores: Scores
}

test('every page is as good as it is said to be', { timeout: 3_600_000 }, async () => {
  const [port] = (await freePorts(1)) as [number]
  const browser = await openBrowser([`--remote-debugging-port=${port}`])
  const world = await openWorld()
  await dress(world)
  const front = await openFront(world.url)
  const pages = await publicPages(world, front)
  for (const locale of LOCALES) pages.push(...(await recipientPages(browser, front, locale)))

  const rows = new Map<string, Row>()
  const said: string[] = []
  for (const page of pages) {
    const row = rows.get(page.kind) ?? {
      pages: 0,
      axe: 0,
      html: 0,
      bytes: 0,
      foreign: 0,
      cookies: 0,
      policy: 0,
      scores: {},
    }
    rows.set(page.kind, row)
    const note = (what: string, faults: string[]) => {
      said.push(...faults.map(fault => `${page.locale} ${page.kind}: ${what} ${fault}`))
      return faults.length
    }
    const html = await faultsOfHtml(page.answer.body)
    const seen = await look(page)
    row.pages += 1
    row.html += note('html', html)
    row.axe += note('axe', seen.axe)
    row.foreign += note('request to', seen.foreign)
    row.cookies += note('cookie', seen.cookies)
    row.policy += note('policy', policyFaults(page))
    row.bytes = Math.max(row.bytes, seen.bytes)
    if (seen.bytes >= WEIGHT_MAX_BYTES) said.push(`${page.locale} ${page.kind}: weighs ${seen.bytes} bytes`)
    if (!LIGHTHOUSE_LOCALES.includes(page.locale)) continue
    const { scores, faults } = await scoresOf(page.url, port, page.indexable)
    note('lighthouse', faults)
    for (const [name, score] of Object.entries(scores) as [keyof Scores, number][]) {
      row.scores[name] = Math.min(row.scores[name] ?? 100, score)
      if (score < (name === 'performance' ? 99 : 100))
        said.push(`${page.locale} ${page.kind}: ${name} ${score}`)
    }
  }
  await browser.close()
  await front.close()
  await world.close()
  console.log(table(rows))
  console.log(
    `\n${pages.length} pages of ${rows.size} kinds in ${LOCALES.length} languages, each light and dark.`,
  )
  expect(said).toEqual([])

  /** Audits a page in both themes, and measures its transferred bytes without the sender's logo. */
  async function look(page: Kept) {
    const context = await browser.newContext({
      bypassCSP: true,
      locale: page.locale,
      viewport: { width: 360, height: 740 },
    })
    const tab = await context.newPage()
    const requests: string[] = []
    tab.on('request', request => requests.push(request.url()))
    await tab.goto(page.url)
    const axe: string[] = []
    for (const colorScheme of THEMES) {
      await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      axe.push(...(await axeViolations(tab)).map(fault => `${colorScheme} ${fault}`))
    }
    const cookies = (await context.cookies()).map(({ name }) => name)
    await context.close()
    const own = [...new Set(requests)].filter(url => url.startsWith(front.url))
    const parts = await Promise.all(
      own
        .filter(url => !/\.(png|webp)$/.test(url))
        .map(async url => Buffer.from(await (await fetch(url)).arrayBuffer())),
    )
    const bytes = parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0)
    return { axe, cookies, bytes, foreign: requests.filter(url => !url.startsWith(front.url)) }
  }
})

function policyFaults({ answer }: Kept): string[] {
  const policy = answer.headers['content-security-policy'] ?? ''
  if (!policy.includes("default-src 'none'")) return ['is not strict']
  return /unsafe|https?:|\*|data:/.test(policy) ? [policy] : []
}

function table(rows: Map<string, Row>): string {
  const score = (value: number | undefined) => (value === undefined ? '' : String(value))
  return [
    '| page | in | axe | HTML | kB | foreign | cookies | CSP | access. | practices | SEO | perf. |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...[...rows].map(
      ([kind, { pages, axe, html, bytes, foreign, cookies, policy, scores }]) =>
        `| ${kind} | ${pages} | ${axe} | ${html} | ${(bytes / 1000).toFixed(1)} | ${foreign} | ${cookies} | ${policy === 0 ? 'strict' : policy} | ${score(scores.accessibility)} | ${score(scores['best-practices'])} | ${score(scores.seo)} | ${score(scores.performance)} |`,
    ),
  ].join('\n')
}
