import type { Browser } from 'playwright-core'
import { LOCALES, type Locale } from '../../core/locale.ts'
import { onEveryDataPage } from '../browser/data-pages.ts'
import { type Look, onEveryPage } from '../browser/pages.ts'
import { openAway } from '../support/browser.ts'
import { withMail } from '../support/mail.ts'
import { openWorld, type World } from '../support/world.ts'
import { dress } from './dress.ts'
import { type Answer, type Front, headersOf } from './front.ts'

/** A page in one language, at a URL where it can be audited. */
export interface Kept {
  kind: string
  locale: Locale
  url: string
  answer: Answer
  /** Whether search engines may index it. */
  indexable: boolean
}

/** Returns every public page of the sitemap, so that a new page is audited without being listed here. */
export async function publicPages(world: World, front: Front): Promise<Kept[]> {
  const sitemap = await (await world.fetch('/sitemap.xml')).text()
  const paths = [...sitemap.matchAll(/<loc>https?:\/\/[^/]+([^<]*)<\/loc>/g)].map(([, path]) => path!)
  return Promise.all(
    paths.map(async path => {
      const answer = await world.fetch(path)
      const locale = LOCALES.find(one => path.startsWith(`/${one.toLowerCase()}/`)) ?? 'en'
      return {
        kind: locale === 'en' ? path : path.slice(locale.length + 1),
        locale,
        url: `${front.url}${path}`,
        answer: {
          status: answer.status,
          headers: headersOf(answer),
          body: await answer.text(),
        },
        indexable: true,
      }
    }),
  )
}

/** Leads a recipient through all of their pages in one language, and returns each as it was answered. */
export async function recipientPages(browser: Browser, front: Front, locale: Locale): Promise<Kept[]> {
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  const found: Kept[] = []
  const keep: Look = async ({ name: kind, answer: response, html: body }) => {
    const answer = { status: response.status(), headers: await response.allHeaders(), body }
    const indexable = !answer.headers['x-robots-tag']?.includes('noindex')
    // Brand files are read while their database runs, since some pages show a database that is down.
    if (!indexable) found.push({ kind, locale, url: front.keep(answer), answer, indexable })
    return []
  }
  const world = await openWorld()
  await dress(world)
  const away = await openAway(world)
  await onEveryPage({ world, away }, page, { keep }, locale)
  await away.stop()
  await world.close()
  await withMail(async mailing => {
    await dress(mailing.world)
    await onEveryDataPage(mailing, page, { keep }, locale)
  })
  await context.close()
  return found
}
