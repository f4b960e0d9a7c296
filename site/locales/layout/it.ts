import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian. */
export default {
  carried: 'Ciò che sceglie qui per {sender} viene eseguito da Floe. Niente cookie, nessun tracciamento.',
  plain: 'Niente cookie, nessun tracciamento.',
  website: 'Sito web',
  imprint: 'Note legali',
  senderPrivacy: 'Informativa sulla privacy del mittente',
} satisfies Translated<typeof en>
