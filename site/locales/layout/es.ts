import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish. */
export default {
  carried: 'Floe lleva a cabo lo que usted elige aquí para {sender}, sin cookies ni rastreo.',
  plain: 'Sin cookies ni rastreo.',
  website: 'Sitio web',
  imprint: 'Aviso legal',
  senderPrivacy: 'Aviso de privacidad del remitente',
} satisfies Translated<typeof en>
