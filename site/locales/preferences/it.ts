import type { Words } from '../preferences.ts'

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

  told: {
    on: 'Attivo',
    leaving: 'Disattivato una volta salvato',
    offSince: 'Disattivato dalla data {day}',
    never: 'Nessuna iscrizione',
    pending: 'Non confermato',
    pendingWhy: 'Richiesto; non viene inviato prima che Lei confermi con il link dell’e-mail relativa.',
    required: 'Necessario',
    requiredWhy: 'Inviato solo per qualcosa che ha fatto, come un ordine, quindi non si può disattivare qui.',
  },
} satisfies Words
