import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'
import { PHONE } from '../support/browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every rule that axe has for everybody, and those of them whose answer is another with other colours. */
const RULES = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  colours: ['color-contrast', 'link-in-text-block'],
}

export type Rules = keyof typeof RULES

/** What a page may be looked at in: as the reader's system has it. */
export interface Theme {
  colorScheme: 'light' | 'dark'
  contrast?: 'more'
  forcedColors?: 'active'
}

export const LIGHT_AND_DARK: readonly Theme[] = [{ colorScheme: 'light' }, { colorScheme: 'dark' }]
export const THEMES: readonly Theme[] = [
  ...LIGHT_AND_DARK,
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
  { colorScheme: 'dark', forcedColors: 'active' },
]

/** A page without what a theme may say, and at rest. */
export const PLAIN = { contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' } as const

/**
 * What a tab is opened with where pages are shown as they were sent, one after the other, for axe: it takes longer to load than to
 * run, and stays in such a tab.
 */
export const LAB = { ...PHONE, bypassCSP: true }

/** Returns what axe objects to in a page as it stands. The page's policy has to be bypassed for it. */
export async function axeViolations(page: Page, rules: Rules = 'all'): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE)
  const options = { runOnly: RULES[rules], resultTypes: ['violations'] }
  return page.evaluate<string[]>(`axe.run(${JSON.stringify(options)})
    .then(({ violations }) => violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))`)
}

/** Returns what axe objects to in each theme: in the first by every rule, in the others by those about colours unless by all. */
export async function violationsIn(
  themes: readonly Theme[],
  page: Page,
  inOthers: Rules = 'colours',
): Promise<string[]> {
  const found: string[] = []
  for (const [i, theme] of themes.entries()) {
    await page.emulateMedia({ ...PLAIN, ...theme })
    const faults = await axeViolations(page, i === 0 ? 'all' : inOthers)
    found.push(...faults.map(fault => `${Object.values(theme).join(' ')}: ${fault}`))
  }
  return found
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling of what means the same: the builder closes nothing that needs no closing.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // A button without a type submits, and that is what each of these is for.
    'no-implicit-button-type': 'off',
    // Every topic of the list is a box of the same name.
    'form-dup-name': 'off',
    // An id may be in any script: HTML asks only that there is no blank in it.
    'valid-id': ['error', { relaxed: true }],
    // A sender's name may be long.
    'long-title': 'off',
  },
})

/** Returns what is not valid in a page as it was sent. */
export async function faultsOfHtml(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))
}
