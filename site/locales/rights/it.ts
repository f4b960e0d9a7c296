import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. */
export default {
  toData: 'Vedere, correggere o cancellare i Suoi dati',
  askTitle: 'I Suoi dati · {sender}',
  ask: 'I Suoi dati presso {sender}',
  askMeans:
    'Veda tutto ciò che è conservato su di Lei, lo porti con sé, lo corregga, ne limiti l’uso o lo faccia cancellare. Il link che porta qui potrebbe essere stato inoltrato, perciò inviamo prima un’e-mail al Suo indirizzo. Il link che contiene apre i Suoi dati una sola volta, per 15 minuti.',
  yourAddress: 'Il Suo indirizzo e-mail',
  noAddress: 'Non è un indirizzo e-mail. Lo controlli, per favore.',
  send: 'Inviatemi il link',
  look: 'Guardi la Sua posta',
  lookMeans:
    'Se è l’indirizzo a cui appartiene questa pagina, un’e-mail con un link è in arrivo. Se non arriva entro qualche minuto, guardi nella posta indesiderata e controlli come lo ha scritto. Ce ne sono al massimo tre al giorno.',
  noMail: 'Da qui non si possono inviare e-mail',
  noMailMeans:
    '{sender} dovrebbe inviarLe questo link e da qui non può. Risponda a una delle sue e-mail e chieda i Suoi dati: lì ha gli stessi diritti, con gli stessi termini.',
  toPreferences: 'Torni a ciò che riceve',

  accessTitle: 'Apra i Suoi dati · {sender}',
  access: 'Aprire i Suoi dati?',
  accessMeans:
    'Vedrà tutto ciò che {sender} ({company}) conserva qui su di Lei e potrà modificarlo o cancellarlo. Il link funziona una sola volta e ciò che apre si chiude dopo 15 minuti.',
  open: 'Apri i miei dati',
  accessHint: 'Non viene mostrato nulla finché non preme il pulsante.',

  used: 'Questo link è già stato usato',
  usedMeans:
    'Funziona una sola volta, affinché nessuno che trovi l’e-mail più tardi possa aprire i Suoi dati. Ora non è cambiato nulla. Se non è stato Lei a usarlo, ne chieda uno nuovo e veda che cosa è successo.',
  ran: 'Questo link è scaduto',
  ranMeans: 'Funziona per poco tempo dopo l’invio della sua e-mail. Ora non è cambiato nulla.',
  over: 'Questa pagina si è chiusa',
  overMeans:
    'Resta aperta 15 minuti, o finché i Suoi dati non sono cancellati o trasferiti. Ora non è cambiato nulla.',
  howNew:
    'Per un nuovo link apra, in fondo a un’e-mail del mittente, la pagina dove sceglie che cosa ricevere e da lì vada ai Suoi dati.',

  title: 'I Suoi dati · {sender}',
  heading: 'Che cosa è conservato su di Lei',
  means:
    'Questo è tutto ciò che {sender} ({company}) conserva qui su di Lei. La pagina si chiude dopo 15 minuti e nulla ne resta in questo browser.',
  done: 'Fatto.',
  didRestrict: 'Ora nessuno di {company} può usare i Suoi dati.',
  didObject: 'I Suoi dati non servono più per inviarLe pubblicità.',
  didLift: 'È stato revocato.',
  didLanguage: 'D’ora in poi Le scriviamo in questa lingua.',
  didRequest: 'La Sua richiesta è ora presso {sender}, con termine per la risposta {due}.',
  didCorrect:
    'Se il nuovo indirizzo può essere interpellato, un’e-mail vi è in arrivo. Nulla si sposta prima che dica di sì.',

  address: 'Il Suo indirizzo',
  addressKept: 'È conservato cifrato, per poterLe scrivere.',
  addressNot: 'Qui non è conservato: solo una forma irriconoscibile che permette di riconoscerlo.',
  topics: 'Le Sue iscrizioni',
  whyUnknown:
    'Qui non risulta da dove {sender} abbia il Suo indirizzo. Può chiederlo al mittente e opporsi alla pubblicità qui sotto.',
  stops: 'Che cosa Le evita e-mail',
  optedOut: 'Registrato in data {optedOut} per {sender}: nulla su di Lei può essere venduto o condiviso.',
  requests: 'Le Sue richieste',
  history: 'Che cosa è successo, dal più recente',
  historyShow: 'Mostra che cosa è successo',
  historyOlder: 'Mostra le voci precedenti',
  historyNewest: 'Torna alle più recenti',
  andMore: 'Ce ne sono altre. La copia qui sotto le contiene tutte.',
  nothing: 'Nulla.',

  take: 'Portare con sé i dati',
  takeMeans: 'Tutto, anche ciò che non sta in questa pagina, da conservare o da dare ad altri.',
  takeJson: 'Per programmi (JSON)',
  takePage: 'Da leggere (HTML)',

  correct: 'Correggere il Suo indirizzo',
  correctMeans:
    'Prima viene interpellato il nuovo indirizzo. Quando dice di sì, tutto vi si sposta, anche ciò che evita e-mail, e il precedente viene dimenticato.',
  newAddress: 'Nuovo indirizzo e-mail',
  badAddress: 'Non è un altro indirizzo e-mail. Lo controlli, per favore.',
  correctSend: 'Interpella il nuovo indirizzo',
  language: 'Lingua',
  languageMeans: 'In cui Le scriviamo',
  languageSet: 'Usa questa lingua',

  restrict: 'Limitare l’uso dei Suoi dati',
  restrictMeans:
    'Nessuno di {company} può allora inviarLe nulla, nemmeno una ricevuta, finché non lo revoca qui. I Suoi dati vengono solo conservati.',
  restrictSet: 'Limita',
  restricted: 'L’uso è limitato: nessuno di {company} può inviarLe nulla.',
  restrictLift: 'Revoca la limitazione',
  object: 'Opporsi alla pubblicità',
  objectMeans:
    'I Suoi dati non servono allora più per inviarLe pubblicità. Ricevute e simili arrivano ancora.',
  objectSender: 'Opposizione presso {sender}',
  objectCompany: 'Opposizione presso tutta {company}',
  objected: 'Lei si è opposto, e questo vale.',
  objectLift: 'Ritira l’opposizione',
  refusing: '{sender} non può inviarLe altre richieste per i 30\u00a0giorni successivi, chiunque La iscriva.',
  refusingLift: 'Permetti a {sender} di chiedermelo di nuovo',
  complaining:
    '{sender} non può inviarLe nulla, nemmeno una ricevuta, finché non ritira la segnalazione. Alcuni programmi di posta segnalano un’e-mail quando viene spostata nello spam.',
  complaintLift: 'Ritira la segnalazione',

  more: 'Chiedere di più a {sender}',
  moreMeans:
    'Ciò che {sender} conserva altrove qui non è noto. La Sua richiesta vi arriva con il Suo indirizzo. Termine per la risposta: {due}.',
  what: 'Che cosa desidera',
  wantAccess: 'Ditemi che cos’altro conservate su di me',
  wantCorrection: 'Qualcosa è sbagliato o manca',
  wantErasure: 'Cancellate ciò che conservate altrove',
  message: 'Di che cosa si tratta',
  badMessage:
    'Dica, per favore, di che cosa si tratta, in 2000 caratteri al massimo. Al massimo 10 richieste attendono insieme.',
  moreSend: 'Invia la richiesta',

  erase: 'Cancellare tutto',
  eraseMeans:
    'La pagina seguente dice che cosa sparisce e che cosa resta. Nulla accade prima che Lei vi prema il pulsante.',
  eraseNext: 'Vai alla cancellazione',

  eraseTitle: 'Cancellare i Suoi dati · {sender}',
  eraseHeading: 'Cancellare i Suoi dati?',
  goes: 'Questo sparisce per sempre',
  goesAddress: 'Il Suo indirizzo.',
  goesEvidence:
    'La chiave di tutto ciò che mostra come ha dato il Suo consenso, come indirizzi internet, browser e ciò che ha scritto: nessuno può più leggerlo.',
  goesChoices: 'Le Sue iscrizioni, adesioni in attesa, lingua e richieste.',
  stays: 'Questo resta',
  staysStop:
    'Che nessuno di {company} può scriverLe, grazie a una forma irriconoscibile del Suo indirizzo che non nomina nessuno.',
  staysLedger: 'Che tutto ciò è avvenuto, e quando, senza il Suo indirizzo e senza ciò che lo mostrava.',
  elsewhere:
    'Chiedere anche a {sender} di cancellare ciò che conserva altrove (termine: {due}). Per questo riceve il Suo indirizzo, che resta qui cifrato finché non è fatto.',
  noUndo: 'Non si può annullare.',
  eraseNow: 'Cancella tutto ora',
  goBack: 'Torna indietro e conserva',

  erasedTitle: 'Cancellato · {sender}',
  erased: 'I Suoi dati sono cancellati',
  erasedMeans:
    'Il Suo indirizzo, la chiave di ciò che mostrava il Suo consenso e le Sue scelte non ci sono più. Che cosa resta: nessuno di {company} può scriverLe, e che ciò è avvenuto, senza nome.',
  copiesBy:
    'Nei registri e nei backup restano per qualche tempo copie cifrate. Entro il {gone} le loro chiavi vengono distrutte e i Suoi dati sono illeggibili in tutte le copie.',
  copiesOpen:
    'Nei registri e nei backup restano più a lungo copie cifrate. Non è fissata una data entro cui siano illeggibili.',
  erasedElsewhere: 'È stato chiesto a {sender} di cancellare ciò che conserva altrove (termine: {due}).',
  erasedBack: 'Se un giorno vorrà di nuovo queste e-mail, si iscriva da capo. Si ricomincia da zero.',

  moveTitle: 'Un nuovo indirizzo · {sender}',
  move: '{sender} può usare questo indirizzo per Lei?',
  moveMeans:
    'Qualcuno che riceveva e-mail da {sender} a un altro indirizzo vuole riceverle qui. Se dice di sì, arriva qui questo:',
  moveNone: 'Qualcuno che aveva a che fare con {sender} con un altro indirizzo vuole essere noto con questo.',
  moveStops: 'Ciò che lì era fermato resta fermato, anche qui.',
  moveYes: 'Sì, è il mio indirizzo',
  moveNo: 'Non sono stato io',
  moveHint: 'Nulla cambia finché non preme un pulsante. Il link vale per 7\u00a0giorni.',
  movedTitle: 'Corretto · {sender}',
  moved: 'Il Suo indirizzo è corretto',
  movedMeans:
    'Tutto si è spostato qui e il vecchio indirizzo è dimenticato. È stato chiesto a {sender} di correggerlo anche altrove.',
  stayed: 'Non è cambiato nulla',
  stayedMeans: 'Questo indirizzo ne resta fuori e viene dimenticato.',
  late: 'È troppo tardi per questo',
  lateMeans: 'Il link è scaduto o un altro ne ha preso il posto. Ora non è cambiato nulla.',

  runtime: {
    confirmed: 'Iscritto',
    pending: 'Non ancora confermato',
    ended: 'Terminato',
    expired: 'Scaduto',
    since: 'dal giorno {day}',
    until: 'fino al giorno {day}',
    whyConfirmed: 'In data {since} ha confermato queste e-mail, chieste su {source} con questo indirizzo.',
    whyExpress: '{sender} ha registrato il Suo consenso a queste e-mail in data {since}.',
    whyPurchase: '{sender} ha registrato che è diventato/a cliente in data {since}.',
    whyInquiry: '{sender} ha registrato una Sua richiesta di informazioni in data {since}.',
    whySoft: '{sender} ha registrato che ha indicato questo indirizzo per un acquisto in data {since}.',
    whyContract:
      '{sender} ha registrato un contratto con Lei di cui queste e-mail fanno parte; data di inizio: {since}.',
    whyInterest: '{sender} ha registrato un interesse legittimo a scriverLe; data di inizio: {since}.',

    legal: 'La legge',
    complained: 'Lei ha segnalato un’e-mail',
    perhapsComplained: 'Qualcuno ha segnalato un’email, forse Lei',
    bounced: 'Un’e-mail per Lei è tornata indietro',
    objected: 'Lei si è opposto',
    unsubscribed: 'Lei ha annullato l’iscrizione',
    imported: 'Ripreso da prima',
    manual: 'Inserito dal mittente',
    paused: 'Lei ha messo in pausa',
    restricted: 'Lei ha limitato l’uso dei Suoi dati',
    everywhere: 'tutti',

    access: 'Vedere i Suoi dati',
    rectification: 'Correggere i Suoi dati',
    erasure: 'Cancellare i Suoi dati',
    restriction: 'Limitarne l’uso',
    portability: 'Portare con sé i Suoi dati',
    objection: 'Opporsi al loro uso',
    due: 'Termine per la risposta: {day}',
    overdue: 'Il termine per la risposta era {day}',
    fulfilled: 'Fatto in data {day}',
    partlyFulfilled: 'Fatto in parte in data {day}',
    refused: 'Rifiutato in data {day}',
    notIdentified: 'Chiuso in data {day}: non è stato possibile identificarLa',
    moot: 'Chiuso in data {day}',

    stopped: 'Sono state fermate e-mail',
    lifted: 'Un blocco è stato revocato',
    asked: 'Le è stata chiesta una conferma',
    agreed: 'Lei ha dato il consenso',
    granted: 'Il mittente ha registrato il Suo consenso',
    declined: 'Lei ha detto che non era stato Lei',
    withdrew: 'Lei ha revocato il consenso',
    restored: 'Il Suo consenso è tornato valido',
    ranOut: 'Un consenso o una richiesta è scaduta',
    mailed: 'Le è stata inviata un’e-mail con un link',
    undeliverable: 'Non è stato possibile inviare un’e-mail con un link',
    wanted: 'Lei ha chiesto qualcosa sui Suoi dati',
    opened: 'I Suoi dati sono stati aperti',
    took: 'Lei ha portato con sé i Suoi dati',
    corrected: 'Il Suo indirizzo è stato corretto',
    answered: 'Il mittente ha risposto alla Sua richiesta',
    missed: 'Un termine è passato senza risposta',
    chose: 'Lei ha scelto qualcosa che La riguarda',
    optedOut: 'Opposizione alla vendita e alla condivisione',

    ip: 'Indirizzo internet',
    userAgent: 'Browser',
    page: 'Pagina',
    form: 'Modulo',
    wording: 'Che cosa ha accettato',
    written: 'Che cosa ha scritto',
    proof: 'Che cos’altro lo mostra',
    gone: 'Ciò che lo mostrava non può più essere letto.',
  },
} satisfies Translated<typeof en>
