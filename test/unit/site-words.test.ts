import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '../../core/locale.ts'
import type { Translated } from '../../core/translation.ts'
import { counted, everyLocale, partsOf } from '../../site/locales/words.ts'
import { FILES, textOf } from '../support/source.ts'

type Dictionary = Translated<Record<string, unknown>>

/** Every feature that has words: `site/locales/<feature>/<language>.ts`. */
const FEATURES = [...new Set(FILES.flatMap(path => /^site\/locales\/([\w-]+)\//.exec(path)?.[1] ?? []))]

/** Everything a dictionary says, by the path of its key: a sentence with plurals once for each form. */
function said(words: object, path = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : said(value, `${path}${key}.`),
  )
}

const isPlural = (value: unknown): boolean => typeof value === 'object' && value !== null && 'other' in value
/** The keys of a dictionary, a sentence with plurals as one. */
const keysOf = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' || isPlural(value) ? `${path}${key}` : keysOf(value, `${path}${key}.`),
  )
const slotsOf = (text: string) =>
  [...new Set(partsOf(text).flatMap(part => (typeof part === 'string' ? [] : part.slot)))].sort()

const dictionaries = new Map<string, Dictionary>()
for (const feature of FEATURES)
  for (const locale of LOCALES) {
    const { default: words } = await import(`../../site/locales/${feature}/${locale.toLowerCase()}.ts`)
    dictionaries.set(`${feature} ${locale}`, words)
  }
const wordsOf = (feature: string, locale: Locale) => dictionaries.get(`${feature} ${locale}`)!

test('there are features with words, each in every language and in no other', () => {
  expect(FEATURES.length).toBeGreaterThan(4)
  const files = FILES.filter(path => /^site\/locales\/[\w-]+\//.test(path))
  expect(files).toEqual(
    FEATURES.flatMap(feature =>
      LOCALES.map(locale => `site/locales/${feature}/${locale.toLowerCase()}.ts`).sort(),
    ),
  )
})

test('each translation is held to the English words by its type, as no loader holds it', () => {
  const translations = FILES.filter(
    path => /^(site\/locales\/[\w-]+|worker\/mail\/words)\//.test(path) && !path.endsWith('/en.ts'),
  )
  expect(translations.length).toBeGreaterThan(FEATURES.length * (LOCALES.length - 1))
  expect(
    translations.filter(path => !textOf(path).trimEnd().endsWith('} satisfies Translated<typeof en>')),
  ).toEqual([])
})

describe.for(FEATURES)('the words of %s', feature => {
  const english = wordsOf(feature, 'en')

  describe.for(LOCALES)('in %s', locale => {
    const words = wordsOf(feature, locale)

    test('say everything that English says, and nothing more', () => {
      expect(keysOf(words)).toEqual(keysOf(english))
    })

    test('are not empty, and hold no markup, no link, nothing invisible and no dash', () => {
      const strange = said(words).filter(
        ([, text]) => text.trim() !== text || text === '' || /[<>"]|https?:|www\.|--|—|\p{C}/u.test(text),
      )
      expect(strange).toEqual([])
    })

    test('have a place for each name and each day that English has', () => {
      const slots = (of: object) =>
        Object.fromEntries(
          keysOf(of).map(key => {
            const forms = said(of).filter(([path]) => path === key || path.startsWith(`${key}.`))
            return [key, slotsOf(forms.map(([, text]) => text).join(' '))]
          }),
        )
      expect(slots(words)).toEqual(slots(english))
    })

    test('open and close every slot', () => {
      const broken = said(words).filter(([, text]) => /[{}|]/.test(text.replace(/\{\w+(\|[^{}|]+)?\}/g, '')))
      expect(broken).toEqual([])
    })

    test('never end a sentence with a name, which may end with a full stop of its own', () => {
      expect(said(words).filter(([, text]) => /\{(sender|company|topic|source)\}[.。]/.test(text))).toEqual(
        [],
      )
    })

    test('have a form for each number that the language tells apart', () => {
      const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
      const lacking = keysOf(words).filter(key => {
        const value = key.split('.').reduce<unknown>((at, part) => (at as Dictionary)[part], words)
        if (!isPlural(value)) return false
        // Whole numbers below a million are counted here: "many" of French, Spanish, Italian and Portuguese begins there.
        const counting = pluralCategories.filter(
          category => category !== 'many' || ['pl', 'ar'].includes(locale),
        )
        return String(Object.keys(value as object).sort()) !== String(counting.sort())
      })
      expect(lacking).toEqual([])
    })
  })

  test('are all used: by a page or component, or by the Worker where they are said at run time', () => {
    const reads = new RegExp(`wordsOf\\('${feature}', |PageWords<'${feature}'>`)
    const users = FILES.filter(
      path => (/^site\/.*\.astro$/.test(path) && reads.test(textOf(path))) || /^worker\/.*\.tsx?$/.test(path),
    )
    const unused = keysOf(english).filter(key => {
      const atRunTime = key.startsWith('runtime.')
      const name = new RegExp(`[.'"]${key.split('.').at(-1)}\\b`)
      return !users.some(path => path.startsWith('worker/') === atRunTime && name.test(textOf(path)))
    })
    expect(unused).toEqual([])
  })
})

test('the pages behind a link speak of emails: to some, mail is what the postman brings', () => {
  const spoken = ['preferences', 'unsubscribe'].flatMap(feature => said(wordsOf(feature, 'en')))
  expect(spoken.length).toBeGreaterThan(60)
  expect(spoken.filter(([, text]) => /(?<!e-?)\bmails?\b/i.test(text))).toEqual([])
})

test('no two languages share a sentence, so that none is left untranslated', () => {
  const sentences = FEATURES.flatMap(feature =>
    LOCALES.flatMap(locale => said(wordsOf(feature, locale)).map(([, text]) => `${feature}: ${text}`)).filter(
      (text, i, all) => text.replace(/\{\w+\}/g, '').length > 30 && all.indexOf(text) !== i,
    ),
  )
  expect(sentences).toEqual([])
})

describe('a sentence', () => {
  test('comes apart at its slots', () => {
    expect(partsOf('{sender} writes to {address|you}.')).toEqual([
      { slot: 'sender', otherwise: undefined },
      ' writes to ',
      { slot: 'address', otherwise: 'you' },
      '.',
    ])
    expect(partsOf('Nothing to fill.')).toEqual(['Nothing to fill.'])
  })

  test.for<[locale: Locale, count: number, said: string]>([
    ['en', 1, '1 day'],
    ['en', 30, '30 days'],
    ['pl', 1, '1 dzień'],
    ['pl', 22, '22 dni'],
    ['pl', 90, '90 dni'],
    ['ja', 60, '60日間'],
    ['ar', 2, 'يومين'],
    ['ar', 90, '90 يومًا'],
  ])('is counted as its language counts: %s %i', ([locale, count, said]) => {
    const { days } = wordsOf('preferences', locale) as { days: Parameters<typeof counted>[1] }
    expect(counted(locale, days, count)).toBe(said)
  })
})

test('a page is built once for each language', () => {
  expect(everyLocale().map(({ params }) => params.locale)).toEqual([...LOCALES])
})
