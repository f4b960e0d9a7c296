import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German. */
export default {
  carried: 'Was Sie hier für {sender} wählen, führt Floe aus. Keine Cookies, kein Tracking.',
  plain: 'Keine Cookies, kein Tracking.',
  website: 'Website',
  imprint: 'Impressum',
  senderPrivacy: 'Datenschutzhinweise des Absenders',
} satisfies Translated<typeof en>
