import type { Words } from '../layout.ts'

/** Dutch. */
export default {
  carried: 'Wat u hier voor {sender} kiest, voert Floe uit. Geen cookies, geen tracering.',
  plain: 'Geen cookies, geen tracering.',
} satisfies Words
