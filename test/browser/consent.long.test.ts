import { LOCALES } from '../../worker/core/locale.ts'
import { testConfirmations } from './matrix.ts'

testConfirmations(LOCALES)
