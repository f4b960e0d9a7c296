import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. A date never follows an article. */
export default {
  heading: 'Preferenze e-mail',
  choose: 'Scelga quali e-mail di {sender} vuole ricevere. Indirizzo: {address|il Suo}',
  mailFor: 'Queste sono le e-mail di {sender} per {address|Lei}.',
  saved: 'Salvato',
  ended: 'Non riceverà più: {ended}',
  stopped: 'Ha disdetto tutte le e-mail. Mittente: {sender}',
  spoken: 'La lingua è cambiata.',
  stale: 'Già disattivato in precedenza: {stale}',
  nothing: 'Non c’era nulla da cambiare.',
  asked: 'Controlli la Sua casella di posta',
  askedMeans:
    'Se è possibile inviare una conferma, è in arrivo a {address|Lei}. Nulla viene attivato prima della Sua conferma. Inviamo al massimo tre e-mail di questo tipo al giorno.',
  undone: 'Operazione annullata',
  undoneMeans: 'Ciò che la Sua ultima operazione aveva cambiato è tornato come prima.',
  undo: 'Annulla l’operazione',
  refused: 'Il resto non è stato cambiato. Riprovi più tardi.',
  off: 'Tutte le e-mail di {sender} qui sotto sono disattivate.',
  stillRequired: 'Ciò che è indicato come obbligatorio può ancora arrivare.',
  paused: 'In pausa fino al giorno {pausedUntil}.',
  pausedMeans: 'Fino ad allora arriva solo ciò che è indicato come obbligatorio.',
  pausedAfter: 'In seguito riprendono le e-mail spuntate qui sotto.',
  topics: 'E-mail',
  save: 'Salva le modifiche',
  stop: 'Disdici tutto',
  stopMeans: 'Vale anche per le e-mail che {sender} aggiungerà in futuro.',
  pause: 'Metti le e-mail in pausa',
  pauseLonger: 'Prolunga la pausa',
  days: { one: '{count} giorno', other: '{count} giorni' },
  askMeans:
    'Per attivare un’e-mail Le inviamo prima un link di conferma. Nulla viene attivato prima della Sua conferma.',
  back: 'Iscriversi di nuovo',
  backMeans:
    'Un link in un’e-mail può solo disdire, così che nessuno, entrandone in possesso, possa iscriverLa. Per riceverne di nuovo, si iscriva presso il mittente, {sender}, quando lo desidera.',
  blockedMeans:
    'Alcune di queste e-mail non si possono riattivare né da qui né con una nuova iscrizione. Che cosa le blocca, e che cosa Lei può ritirare, è nella pagina dei Suoi dati, dal link in fondo a questa pagina.',
  gpc: 'Il Suo browser chiede che i Suoi dati non siano venduti né condivisi (Global Privacy Control).',
  gpcSoon: 'Qui viene rispettato, e registrato con la Sua prossima operazione.',
  gpcRecord: 'Registralo ora',
  gpcRecorded: 'Registrato per {sender}: i Suoi dati non possono essere venduti né condivisi.',
  language: 'Lingua',
  why: 'Perché ricevo queste e-mail?',
  whyMeans:
    'Questo link può essere stato inoltrato. Il motivo, e che cosa è stato scelto, quando e dove, si vede quindi solo dopo un’e-mail al Suo indirizzo.',

  runtime: {
    leaving: 'Sarà disattivato',
    off: 'Disattivato',
    pending: 'Non confermato',
    pendingWhy: 'Richiesto; non viene inviato prima che Lei confermi con il link dell’e-mail relativa.',
    required: 'Obbligatorio',
    requiredWhy: 'Inviato per qualcosa che ha fatto, come un ordine, quindi non si può disattivare qui.',
    ask: 'Attiva',
  },
} satisfies Translated<typeof en>
