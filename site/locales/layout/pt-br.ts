import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese. */
export default {
  carried: 'O que você escolhe aqui para {sender} é executado pela Floe. Sem cookies, sem rastreamento.',
  plain: 'Sem cookies, sem rastreamento.',
  website: 'Site',
  imprint: 'Informações legais',
  senderPrivacy: 'Aviso de privacidade do remetente',
} satisfies Translated<typeof en>
