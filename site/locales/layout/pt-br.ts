import type { Words } from '../layout.ts'

/** Brazilian Portuguese. */
export default {
  carried: 'O que você escolhe aqui para {sender} é executado pela Floe. Sem cookies, sem rastreamento.',
  plain: 'Sem cookies, sem rastreamento.',
  website: 'Site',
  imprint: 'Informações legais',
  senderPrivacy: 'Aviso de privacidade do remetente',
} satisfies Words
