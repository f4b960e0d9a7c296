import type { Words } from '../layout.ts'

/** French. */
export default {
  carried: 'Ce que vous choisissez ici pour {sender} est appliqué par Floe. Ni cookies, ni suivi.',
  plain: 'Ni cookies, ni suivi.',
} satisfies Words
