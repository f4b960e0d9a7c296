import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Returns what axe objects to in a page as it stands. The page's policy has to be bypassed for it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(`axe.run({ runOnly: ${JSON.stringify(RULES)} })
    .then(({ violations }) => violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))`)
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
