import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. A date never follows an article, which would have to be cut short before 8 and 11. */
export default {
  title: 'Confermare le e-mail di {sender}',
  heading: '{sender} può scriverLe?',
  asked:
    'Qualcuno ha chiesto che queste e-mail vengano inviate a {address|Lei}. Nulla cambia finché non dice di sì qui.',
  yes: 'Sì, voglio ricevere queste e-mail',
  no: 'La richiesta non è mia',
  hint: 'Nulla cambia finché non preme un pulsante. Il link vale per 7\u00a0giorni.',

  refuseTitle: 'La richiesta non è Sua? · {sender}',
  notYou: 'La richiesta non è Sua?',
  notYouMeans:
    'Qualcuno ha chiesto che queste e-mail vengano inviate a {address|Lei}. Se la richiesta non è Sua, lo dica qui.',
  refuseMeans:
    '«La richiesta non è mia» chiude la richiesta: {sender} non potrà inviare queste e-mail a {address|Lei}, né inviarLe altre richieste per 30\u00a0giorni. Le altre e-mail restano come sono.',
  refuseKeeps:
    '«La richiesta non è mia» chiude la richiesta: {sender} non potrà inviare queste e-mail a {address|Lei}, tranne quanto aveva già confermato, né inviarLe altre richieste per 30\u00a0giorni. Le altre e-mail restano come sono.',
  itWasMe: 'La richiesta è mia: vedere che cosa riceverei',

  agree: 'A che cosa acconsentirebbe',
  agreeMeans:
    '{sender} ({company}) Le invierebbe questo via e-mail, come indicato nella sua informativa. Può revocare il Suo consenso in qualsiasi momento, con un clic in ogni e-mail.',
  notice: 'Legga l’informativa ({notice}, versione {version})',

  confirmedTitle: 'Confermato · {sender}',
  confirmed: 'La Sua iscrizione è confermata',
  confirmedMeans: 'Ora {sender} può inviare queste e-mail a {address|Lei}.',
  before: 'Ha già confermato',
  beforeMeans: '{sender} può inviare queste e-mail a {address|Lei}. Non c’è altro da fare.',
  withheld: 'La Sua risposta è registrata',
  withheldMeans:
    '{sender} non può comunque inviare queste e-mail a {address|Lei}: qualcos’altro le trattiene.',
  back: 'Tornare a {backHost}',
  mistake: 'Non era ciò che voleva?',
  takeBack: 'Revoca il consenso',
  yours: 'Da conservare',
  receiptMeans:
    'Una ricevuta firmata dice a che cosa ha acconsentito, quando e che cosa Le è stato mostrato. Non contiene alcun indirizzo.',
  receiptHere: 'Si può scaricare qui per mezz’ora, poi dalla pagina dei Suoi dati.',
  receipt: 'Scarichi la ricevuta',
  choose: 'Scelga che cosa ricevere',

  offTitle: 'Nessuna iscrizione · {sender}',
  refused: 'Non ha alcuna iscrizione',
  refusedMeans:
    'La richiesta è chiusa. {sender} non può inviare queste e-mail a {address|Lei}, né inviarLe altre richieste per 30\u00a0giorni.',
  ended: 'Ha annullato l’iscrizione',
  endedMeans: '{sender} non invia più queste e-mail a {address|Lei}.',
  lateTitle: 'Troppo tardi · {sender}',
  late: 'Questo link è scaduto',
  lateMeans:
    'Valeva per 7\u00a0giorni. Nulla è stato cambiato: {sender} non può inviare queste e-mail a {address|Lei}.',
  lateStays: 'Valeva per 7\u00a0giorni. Nulla è stato cambiato.',
  sentTitle: 'Guardi nella Sua casella di posta · {sender}',
  sent: 'Guardi nella Sua casella di posta',
  sentMeans:
    'Se è possibile inviare una conferma, è in arrivo a {address|Lei}. Nulla viene attivato prima che prema il pulsante al suo interno. Al massimo sono tre e-mail di questo tipo al giorno.',
  afterAll: 'Desidera comunque queste e-mail?',
  afterAllMeans: 'Inviamo un nuovo link allo stesso indirizzo. Nient’altro cambia prima che confermi lì.',
  again: 'Invia una nuova conferma',
} satisfies Translated<typeof en>
