import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. */
export default {
  title: 'E-mail di {sender}',
  heading: 'Ricevere le e-mail di {sender}',
  lead: 'Un’e-mail al Suo indirizzo Le chiede di confermare. Nulla viene attivato finché non preme il pulsante che contiene.',
  badAddress: 'Questo non è un indirizzo e-mail. Lo ricontrolli, per favore.',
  noTopic: 'Scelga almeno una voce.',
  trapped:
    'È stato compilato un campo che nessuno vede, forse dal Suo browser. Ora è di nuovo vuoto: prema ancora una volta il pulsante.',
  agree: 'A che cosa acconsente',
  agreeMeans:
    '{sender} ({company}) Le invia questo per e-mail. Può revocare il consenso in qualsiasi momento, con un clic in ogni e-mail.',

  runtime: {
    address: 'Il Suo indirizzo e-mail',
    choose: 'Che cosa desidera ricevere?',
    send: 'Iscriversi',
    empty: 'Lasci vuoto questo campo',
    notice: 'Leggere l’informativa ({notice}, versione {version})',
  },
} satisfies Translated<typeof en>
