import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import npmChromium from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Mailing, withMail } from './mail.ts'
import { test as worldTest } from './world.ts'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // What a test calls a site of the internet may show what runs on this machine.
  '--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessForNavigations',
]

/** Starts Chromium: the one CHROME_PATH names, else the system's, else the one that comes from npm. `args` are more of its options. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  const { CHROME_PATH } = process.env
  const installed = CHROME_PATH || SYSTEM.find(path => existsSync(path))
  // The package's own flags put everything into one process, which ends with the first page that is closed.
  return chromium.launch({
    executablePath: installed ?? (await unpackedChromium()),
    args: [...ARGS, ...args],
  })
}

/**
 * Unpacks the Chromium of npm, once for each installed version, and returns its path.
 *
 * The package takes any file at its place for a finished one, so test files that start together would run half a
 * program. Each therefore unpacks into a folder of its own, and renaming decides whose stays.
 */
async function unpackedChromium(): Promise<string> {
  const home = `${dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))}/unpacked`
  if (!existsSync(home)) {
    const own = await mkdtemp(`${home}-`)
    const { TMPDIR } = process.env
    process.env['TMPDIR'] = own
    const unpacking = npmChromium.executablePath()
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
    await unpacking
    await rename(own, home).catch(() => rm(own, { recursive: true }))
  }
  return `${home}/chromium`
}

/** Opens an address in a browser context of its own, at a phone's size unless `options` say otherwise. */
export type Visit = (url: string, options?: BrowserContextOptions) => Promise<Page>

/** A test with a browser: the file's browser; `visit`, whose contexts end with the test; `mailing`, a Floe that mails. */
export const test = worldTest
  .extend<{ $file: { browser: Browser } }>({
    browser: [
      async ({}, use) => {
        const browser = await openBrowser()
        await use(browser)
        await browser.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ mailing: Mailing }>({ mailing: ({}, use) => withMail(use) })
  .extend<{ visit: Visit }>({
    visit: async ({ browser }, use) => {
      const contexts: { close(): Promise<void> }[] = []
      await use(async (url, options) => {
        const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options })
        contexts.push(context)
        const page = await context.newPage()
        await page.goto(url)
        return page
      })
      for (const context of contexts) await context.close()
    },
  })
