import { LOCALES } from '../../core/locale.ts'
import { LIGHT_AND_DARK } from './faults.ts'
import { testDataPages } from './matrix.ts'

testDataPages(LOCALES, () => ({ themes: LIGHT_AND_DARK, rules: 'all' }))
