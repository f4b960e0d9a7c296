import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish. */
export default {
  carried: 'Państwa wybory dotyczące nadawcy {sender} realizuje Floe. Bez plików cookie, bez śledzenia.',
  plain: 'Bez plików cookie, bez śledzenia.',
  website: 'Strona internetowa',
  imprint: 'Nota prawna',
  senderPrivacy: 'Informacja nadawcy o prywatności',
} satisfies Translated<typeof en>
