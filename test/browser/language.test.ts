import { FEW_LOCALES, testLinkedPages } from './matrix.ts'

// In English axe looks at each of these pages where it looks at every page.
testLinkedPages(FEW_LOCALES, locale => ({ themes: locale === 'ar' ? [{ colorScheme: 'light' }] : [] }))
