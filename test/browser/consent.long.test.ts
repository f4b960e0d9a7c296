import { LOCALES } from '../../core/locale.ts'
import { testConfirmations } from './matrix.ts'

testConfirmations(LOCALES)
