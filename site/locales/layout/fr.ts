import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French. */
export default {
  carried: 'Ce que vous choisissez ici pour {sender} est appliqué par Floe. Ni cookies, ni suivi.',
  plain: 'Ni cookies, ni suivi.',
  website: 'Site web',
  imprint: 'Mentions légales',
  senderPrivacy: 'Avis de confidentialité de l’expéditeur',
} satisfies Translated<typeof en>
