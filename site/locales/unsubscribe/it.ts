import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. */
export default {
  title: 'Annullare l’iscrizione a «{topic}» · {sender}',
  heading: 'Annullare l’iscrizione a «{topic}»?',
  sends: '{sender} non potrà più inviarlo a {address|Lei}.',
  leave: 'Annulla l’iscrizione',
  stopAll: 'Disdici tutte le e-mail di {sender}',
  already: 'La Sua iscrizione è già annullata',
  alreadyTopic: '{sender} non invia più «{topic}» a {address|Lei}.',
  alreadyAll: 'Nessuna novità né offerta di {sender} viene inviata a {address|Lei}. Non c’è altro da fare.',
  instead: 'Scelga invece che cosa ricevere',
  hint: 'Nulla cambia finché non preme un pulsante.',
  seeOff: 'Veda che cosa è disattivato',

  owedTitle: '{topic} · {sender}',
  owed: '«{topic}» non si può disattivare qui',
  owedMeans:
    '{sender} invia queste e-mail a {address|Lei} per qualcosa che ha fatto, come un ordine. Continuano ad arrivare, qualunque cosa scelga qui.',
  owedAsk: 'Se non le vuole, chieda a {sender}: risponda a una di queste e-mail o scriva al mittente.',
  owedNoted: 'La Sua scelta è registrata.',
  keptMeans: 'Questo ha effetto da subito. Al momento non possiamo mostrarLe altro.',

  doneTitle: 'Iscrizione annullata · {sender}',
  done: 'La Sua iscrizione è annullata',
  doneTopic: '{sender} non invierà più «{topic}» a {address|Lei}.',
  doneAll: 'Ha disdetto tutto',
  doneAllMeans: '{sender} non invierà più novità né offerte di alcun tipo a {address|Lei}.',
  before: 'La Sua iscrizione era già annullata',
  beforeTopic: '{sender} non invia più «{topic}» a {address|Lei}. Non c’era nulla da cambiare.',
  beforeAll:
    'Nessuna novità né offerta di {sender} viene inviata a {address|Lei}. Non c’era nulla da cambiare.',
  effective: 'Ha effetto da subito. Un’e-mail già partita può ancora arrivare.',
  needed: 'La disdetta non ferma le e-mail sui Suoi ordini o sul Suo account.',
  mistake: 'Non era ciò che voleva?',
  undo: 'Annulla l’operazione',
  still: 'Scelga che cosa ricevere ancora',

  undoneTitle: 'Operazione annullata · {sender}',
  undone: 'Operazione annullata',
  undoneTopic: '{topic} di {sender} a {address|Lei}: tutto è come se non avesse mai premuto il pulsante.',
  undoneAll:
    '{sender} può scrivere a {address|Lei} come prima. Ciò che aveva disattivato in precedenza resta disattivato.',
  undoneStays:
    'La Sua ultima operazione è annullata. Le e-mail di {sender} a {address|Lei} restano comunque disattivate, per una decisione presa in un altro momento da Lei o dal mittente.',
  changedMind: 'Ha cambiato idea?',
  again: 'Annulla di nuovo l’iscrizione',
} satisfies Translated<typeof en>
