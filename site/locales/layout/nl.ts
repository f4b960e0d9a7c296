import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch. */
export default {
  carried: 'Wat u hier voor {sender} kiest, voert Floe uit. Geen cookies, geen tracering.',
  plain: 'Geen cookies, geen tracering.',
  website: 'Website',
  imprint: 'Colofon',
  senderPrivacy: 'Privacyverklaring van de afzender',
} satisfies Translated<typeof en>
