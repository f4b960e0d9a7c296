import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. A date never follows an article. */
export default {
  heading: 'Che cosa può inviarLe {sender}',
  saved: 'Salvato.',
  savedMeans: 'La Sua scelta ha effetto da subito.',
  off: 'Tutto è disattivato.',
  offMeans:
    '{sender} non può inviare a {address|Lei} nessuna delle e-mail qui sotto, tranne ciò che è indicato come necessario.',
  paused: 'In pausa; data di fine: {pausedUntil}.',
  pausedMeans: 'Fino ad allora arriva solo ciò che è indicato come necessario.',
  pausedAfter: 'In seguito ciò che è attivo qui sotto torna ad arrivare da solo.',
  mailFor: 'Queste sono le e-mail per {address|Lei}.',
  untick: 'Tolga la spunta a ciò che non desidera più, poi salvi.',
  topics: 'Argomenti',
  save: 'Salva',
  break: 'Le serve una pausa?',
  pauseFor: 'Metti tutto in pausa per',
  days: { one: '{count} giorno', other: '{count} giorni' },
  pause: 'Metti in pausa',
  done: 'Non vuole più nulla?',
  doneMeans: 'Così si disattivano tutti gli argomenti, anche quelli che {sender} aggiungerà in futuro.',
  stop: 'Interrompi tutto',
  back: 'Tornare',
  backMeans:
    'Un link in un’e-mail può solo ridurre le e-mail, così che nessuno, entrandone in possesso, possa iscriverLa. Per riattivare qualcosa, si iscriva di nuovo presso il mittente, {sender}, quando lo desidera.',
  blockedMeans:
    'Alcune di queste e-mail non si possono riattivare né da qui né con una nuova iscrizione. Che cosa le blocca, e che cosa Lei può ritirare, è nella pagina dei Suoi dati, dal link in fondo a questa pagina.',

  ended: 'Disattivato: {ended}',
  stale: 'Nel frattempo disattivato altrove e lasciato così: {stale}',
  nothing: 'Non c’era nulla da cambiare.',
  asked: 'Guardi nella Sua casella di posta.',
  askedMeans:
    'Se è possibile inviare una conferma, è in arrivo a {address|Lei}. Nulla viene attivato prima che prema il pulsante al suo interno. Al massimo sono tre e-mail di questo tipo al giorno.',
  undone: 'Operazione annullata.',
  undoneMeans: 'Ciò che la Sua ultima operazione aveva cambiato è tornato come prima.',
  undo: 'Annulla l’operazione',
  undoFor: 'Può tornare indietro per mezz’ora.',
  pausedEnds:
    'Finisce da sola quel giorno. Solo «Annulla l’operazione», subito dopo la messa in pausa, la termina prima.',
  askMeans:
    'Un link in un’e-mail può solo ridurre le e-mail. Per attivare qualcosa Le inviamo prima un pulsante via e-mail, e nulla viene inviato prima che lo prema.',
  gpc: 'Il Suo browser chiede che nulla su di Lei sia venduto o condiviso (Global Privacy Control).',
  gpcSoon: 'Qui viene rispettato, e registrato con la Sua prossima operazione.',
  gpcRecord: 'Registralo ora',
  gpcRecorded: 'Registrato per {sender}: nulla su di Lei può essere venduto o condiviso.',
  language: 'Lingua',
  languageLabel: 'Mostra queste pagine ed e-mail in',
  languageSave: 'Cambia',
  history: 'Le scelte precedenti',
  historyMeans:
    'Perché riceve queste e-mail e che cosa è stato scelto, quando e dove, si vede solo dopo un’e-mail al Suo indirizzo: questo link può essere stato inoltrato.',

  runtime: {
    on: 'Attivo',
    leaving: 'Disattivato una volta salvato',
    off: 'Disattivato',
    pending: 'Non confermato',
    pendingWhy: 'Richiesto; non viene inviato prima che Lei confermi con il link dell’e-mail relativa.',
    required: 'Necessario',
    requiredWhy: 'Inviato solo per qualcosa che ha fatto, come un ordine, quindi non si può disattivare qui.',
    ask: 'Attiva via e-mail',
  },
} satisfies Translated<typeof en>
