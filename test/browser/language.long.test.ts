import { LOCALES } from '../../core/locale.ts'
import { LIGHT_AND_DARK } from './faults.ts'
import { testLinkedPages } from './matrix.ts'

testLinkedPages(LOCALES, () => ({ themes: LIGHT_AND_DARK, rules: 'all' }))
