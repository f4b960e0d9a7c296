import { HtmlValidate } from 'html-validate'

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
    // A sender's name may be long.
    'long-title': 'off',
  },
})

/** Returns what is wrong with a page's HTML, as it was sent. */
export async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))
}
