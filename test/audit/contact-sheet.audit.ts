import { writeFileSync } from 'node:fs'
import type { BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { ROOT } from '../../local/folder.ts'
import { onEveryDataPage } from '../browser/data-pages.ts'
import { ADA, at, press } from '../browser/pages.ts'
import { said } from '../browser/say.ts'
import { openBrowser } from '../support/browser.ts'
import { request } from '../support/consent.ts'
import { withMail } from '../support/mail.ts'
import { openWorld } from '../support/world.ts'
import { dress } from './dress.ts'

const FILE = 'test/audit/contact-sheet.webp'
const MAX_BYTES = 500_000
const PHONE = { viewport: { width: 360, height: 720 } }
const DESKTOP = { viewport: { width: 860, height: 720 } }
const DARK = { colorScheme: 'dark' } as const

test('the pages on one sheet: phone and desktop, light and dark, from right to left', async () => {
  const world = await openWorld()
  const browser = await openBrowser()
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
  const { confirmation } = await request(world, 'bob@example.com', { locale: 'en' })
  const pictures: string[] = []
  const shoot = async (path: string, options: BrowserContextOptions, act?: string) => {
    const context = await browser.newContext({ locale: 'en', ...options })
    const page = await context.newPage()
    await page.goto(at(world, path) + new URL(path, world.url).hash)
    if (act) await press(page, said('en', act))
    pictures.push((await page.screenshot()).toString('base64'))
    await context.close()
  }
  await shoot(unsubscribeUrl, PHONE)
  await shoot(unsubscribeUrl, { ...PHONE, ...DARK }, 'Unsubscribe')
  await shoot(confirmation.confirmUrl, DESKTOP)
  await dress(world)
  await shoot(preferencesUrl, PHONE)
  await shoot(preferencesUrl, { ...PHONE, ...DARK })
  await shoot(preferencesUrl, { ...DESKTOP, locale: 'ar' })
  await shoot('/your-rights/', { ...PHONE, ...DARK })
  await shoot('/ar/privacy/', PHONE)
  await shoot('/privacy/changes/', DESKTOP)
  await withMail(async mailing => {
    await dress(mailing.world)
    const context = await browser.newContext({ locale: 'en', ...PHONE })
    await onEveryDataPage(mailing, await context.newPage(), {
      async shoot({ page, name }) {
        if (name !== 'your data' && name !== 'to be erased') return []
        await page.emulateMedia({ colorScheme: name === 'your data' ? 'light' : 'dark' })
        pictures.push((await page.screenshot()).toString('base64'))
        return []
      },
    })
    await context.close()
  })
  await shoot('/docs/api/#webhooks', { ...DESKTOP, ...DARK })

  const sheet = await browser.newPage({ viewport: { width: 1660, height: 3004 }, deviceScaleFactor: 0.75 })
  await sheet.setContent(
    `<style>body{display:grid;grid-template-columns:repeat(3,auto);justify-content:center;gap:24px;margin:24px;background:#8795a1}
      img{display:block;border-radius:12px}</style>${pictures.map(one => `<img src="data:image/png;base64,${one}">`).join('')}`,
    { waitUntil: 'load' },
  )
  const session = await sheet.context().newCDPSession(sheet)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
  const picture = Buffer.from(data, 'base64')
  expect(picture.length).toBeLessThan(MAX_BYTES)
  writeFileSync(`${ROOT}/${FILE}`, picture)
  console.log(`${FILE}: ${Math.round(picture.length / 1000)} kB`)
  await browser.close()
  await world.close()
})
