import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  title: '„{topic}“ abbestellen · {sender}',
  heading: '„{topic}“ abbestellen?',
  sends: '{sender} darf danach nichts mehr davon an {address|Sie} senden.',
  leave: 'Abbestellen',
  stopAll: 'Alle E-Mails von {sender} abbestellen',
  already: 'Sie sind bereits abgemeldet',
  alreadyTopic: '„{topic}“ von {sender} geht nicht mehr an {address|Sie}.',
  alreadyAll: 'Von {sender} gehen keine Neuigkeiten oder Angebote an {address|Sie}. Mehr ist nicht zu tun.',
  instead: 'Stattdessen auswählen, was Sie erhalten',
  hint: 'Erst wenn Sie auf eine Schaltfläche drücken, ändert sich etwas.',
  seeOff: 'Ansehen, was abbestellt ist',

  owedTitle: '{topic} · {sender}',
  owed: '„{topic}“ lässt sich hier nicht abbestellen',
  owedMeans:
    '{sender} sendet diese E-Mails an {address|Sie}, wegen etwas, das Sie getan haben, etwa einer Bestellung. Sie kommen weiterhin, was immer Sie hier wählen.',
  owedAsk:
    'Wenn Sie sie nicht möchten, fragen Sie {sender}: Antworten Sie auf eine dieser E-Mails oder schreiben Sie dorthin.',
  owedNoted: 'Ihre Wahl ist vermerkt.',
  keptMeans: 'Das gilt ab sofort. Mehr können wir Ihnen im Moment nicht zeigen.',

  doneTitle: 'Abgemeldet · {sender}',
  done: 'Sie sind abgemeldet',
  doneTopic: '{sender} sendet „{topic}“ nicht mehr an {address|Sie}.',
  doneAll: 'Sie haben alles abbestellt',
  doneAllMeans: '{sender} sendet keinerlei Neuigkeiten oder Angebote mehr an {address|Sie}.',
  before: 'Sie waren bereits abgemeldet',
  beforeTopic: '„{topic}“ von {sender} geht nicht mehr an {address|Sie}. Es musste nichts geändert werden.',
  beforeAll:
    'Von {sender} gehen keine Neuigkeiten oder Angebote an {address|Sie}. Es musste nichts geändert werden.',
  effective: 'Das gilt ab sofort. Eine E-Mail, die schon unterwegs war, kann noch ankommen.',
  needed: 'E-Mails zu Ihren Bestellungen oder Ihrem Konto werden durch das Abbestellen nicht gestoppt.',
  mistake: 'Nicht so gemeint?',
  undo: 'Rückgängig machen',
  still: 'Auswählen, was Sie noch erhalten',

  undoneTitle: 'Rückgängig gemacht · {sender}',
  undone: 'Rückgängig gemacht',
  undoneTopic: '{topic} von {sender} an {address|Sie}: Alles ist so, als hätten Sie nie gedrückt.',
  undoneAll:
    '{sender} darf an {address|Sie} schreiben wie zuvor. Was Sie früher abbestellt haben, bleibt aus.',
  undoneStays:
    'Ihr letzter Schritt ist rückgängig gemacht. E-Mails von {sender} an {address|Sie} bleiben trotzdem aus, weil Sie selbst oder der Absender das zu einer anderen Zeit entschieden haben.',
  changedMind: 'Doch anders überlegt?',
  again: 'Wieder abbestellen',
} satisfies Translated<typeof en>
