import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts Chromium: the one CHROME_PATH names, else the system's, else the one that comes from npm. */
export async function openBrowser(): Promise<Browser> {
  const { CHROME_PATH } = process.env
  const installed = CHROME_PATH ?? SYSTEM.find(path => existsSync(path))
  if (installed) return playwright.launch({ executablePath: installed, args: ARGS })
  // Its own flags put everything into one process, which ends with the first page that is closed.
  return playwright.launch({ executablePath: await chromium.executablePath(), args: ARGS })
}
