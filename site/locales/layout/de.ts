import type { Words } from '../layout.ts'

/** German. */
export default {
  carried: 'Was Sie hier für {sender} wählen, führt Floe aus. Keine Cookies, kein Tracking.',
  plain: 'Keine Cookies, kein Tracking.',
  website: 'Website',
  imprint: 'Impressum',
  senderPrivacy: 'Datenschutzhinweise des Absenders',
} satisfies Words
