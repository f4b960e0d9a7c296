import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import npmChromium from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { test as mailTest } from './mail.ts'
import { openWorker, type TestWorker } from './worker.ts'
import type { World } from './world.ts'

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
  // Lets pages of hosts named in tests embed pages of this machine.
  '--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessForNavigations',
]

/** Starts Chromium: the one of CHROME_PATH, else the system's, else the one from npm. `args` are further options. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  const { CHROME_PATH } = process.env
  const installed = CHROME_PATH || SYSTEM.find(path => existsSync(path))
  // Without the package's own flags, which run everything in one process that ends with the first closed page.
  return chromium.launch({
    executablePath: installed ?? (await unpackedChromium()),
    args: [...ARGS, ...args],
  })
}

/**
 * Unpacks the Chromium from npm, once for each installed version, and returns its path.
 *
 * The package takes any file in its place for a complete one, so test files that start together could run half a program. So
 * each unpacks into a folder of its own, and the first to rename it wins.
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

/** Opens a URL in a browser context of its own, at a phone's size unless `options` differ. */
export type Visit = (url: string, options?: BrowserContextOptions) => Promise<Page>

/** One renderer for all contexts, since a process for each costs more than the page. */
const ONE_PROCESS = ['--renderer-process-limit=1']

let running: Promise<Browser> | undefined

/**
 * A test with a browser, started once a process. `away` is a Worker of the file's Floe whose database is down; `visit` opens
 * contexts that end with the test; `mailing` is a Floe that mails.
 */
export const test = mailTest
  .extend<{ $worker: { browser: Browser } }>({
    browser: [
      async ({}, use) => {
        // Each extended test has its own fixture, so the browser behind them is shared.
        running ??= openBrowser(ONE_PROCESS)
        const browser = await running
        await use(browser)
        await browser.close()
      },
      { scope: 'worker' },
    ],
  })
  .extend<{ $file: { away: TestWorker } }>({
    away: [
      async ({ sharedWorld }, use) => {
        const worker = await openAway(sharedWorld)
        await use(worker)
        await worker.stop()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ visit: Visit }>({
    visit: async ({ browser }, use) => {
      const contexts: { close(): Promise<void> }[] = []
      await use(async (url, options) => {
        const context = await browser.newContext({ ...PHONE, ...options })
        contexts.push(context)
        const page = await context.newPage()
        if (url !== 'about:blank') await page.goto(url)
        return page
      })
      for (const context of contexts) await context.close()
    },
  })

/** The size of a phone. */
export const PHONE = { viewport: { width: 360, height: 740 } }

/** Starts a Worker with a world's bindings, but a database that does not answer. */
export const openAway = ({ bindings }: World): Promise<TestWorker> =>
  openWorker({ ...bindings, DATABASE_URL: 'http://127.0.0.1:1', REPLICA_URLS: '' })
