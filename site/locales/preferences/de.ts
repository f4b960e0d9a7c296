import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  heading: 'Was {sender} Ihnen senden darf',
  saved: 'Gespeichert.',
  savedMeans: 'Ihre Wahl gilt ab sofort.',
  off: 'Alles ist aus.',
  offMeans:
    '{sender} darf nichts von dem, was unten steht, an {address|Sie} senden, außer dem, was als nötig gekennzeichnet ist.',
  paused: 'Pausiert bis zum {pausedUntil}.',
  pausedMeans: 'Bis dahin kommt nur, was als nötig gekennzeichnet ist.',
  pausedAfter: 'Danach kommt von selbst wieder, was unten eingeschaltet ist.',
  mailFor: 'Dies sind die E-Mails an {address|Sie}.',
  untick: 'Entfernen Sie das Häkchen bei dem, was Sie nicht mehr möchten, und speichern Sie.',
  topics: 'Themen',
  save: 'Speichern',
  break: 'Brauchen Sie eine Pause?',
  pauseFor: 'Alles pausieren für',
  days: { one: '{count} Tag', other: '{count} Tage' },
  pause: 'Pausieren',
  done: 'Genug von allem?',
  doneMeans: 'Das schaltet alle Themen aus, auch solche, die {sender} später hinzufügt.',
  stop: 'Alles stoppen',
  back: 'Wiederkommen',
  backMeans:
    'Ein Link in einer E-Mail kann E-Mails nur weniger machen, damit niemand, dem er in die Hände fällt, Sie anmelden kann. Um etwas wieder einzuschalten, melden Sie sich bei {sender} neu an.',
  blockedMeans:
    'Manches davon lässt sich weder hier noch durch eine neue Anmeldung wieder einschalten. Was es fernhält und was Sie davon zurücknehmen können, steht bei Ihren Daten, über den Link am Ende dieser Seite.',

  ended: 'Ausgeschaltet: {ended}',
  stale: 'Inzwischen anderswo ausgeschaltet und so belassen: {stale}',
  nothing: 'Es musste nichts geändert werden.',
  asked: 'Sehen Sie in Ihr Postfach.',
  askedMeans:
    'Wenn eine Bestätigung gesendet werden kann, ist sie unterwegs an {address|Sie}. Nichts wird eingeschaltet, bevor Sie dort auf die Schaltfläche drücken. Es sind höchstens drei solche E-Mails am Tag.',
  undone: 'Rückgängig gemacht.',
  undoneMeans: 'Was Ihr letzter Schritt geändert hat, ist wieder wie zuvor.',
  undo: 'Rückgängig machen',
  undoFor: 'Sie können das eine halbe Stunde lang zurücknehmen.',
  pausedEnds:
    'Die Pause endet an diesem Tag von selbst. Früher beendet sie nur „Rückgängig machen“ gleich nach dem Pausieren.',
  askMeans:
    'Ein Link in einer E-Mail kann E-Mails nur weniger machen. Um etwas einzuschalten, senden wir Ihnen zuerst eine Schaltfläche per E-Mail, und nichts wird gesendet, bevor Sie darauf drücken.',
  gpc: 'Ihr Browser verlangt, dass nichts über Sie verkauft oder weitergegeben wird (Global Privacy Control).',
  gpcSoon: 'Das wird hier beachtet und mit Ihrem nächsten Schritt festgehalten.',
  gpcRecord: 'Jetzt festhalten',
  gpcRecorded: 'Für {sender} festgehalten: Nichts über Sie darf verkauft oder weitergegeben werden.',
  language: 'Sprache',
  languageLabel: 'Diese Seiten und E-Mails zeigen auf',
  languageSave: 'Ändern',
  history: 'Was bisher gewählt wurde',
  historyMeans:
    'Warum Sie diese E-Mails erhalten und was wann und wo gewählt wurde, wird nur nach einer E-Mail an Ihre eigene Adresse gezeigt: Dieser Link kann weitergegeben worden sein.',

  runtime: {
    on: 'An',
    leaving: 'Aus, sobald Sie speichern',
    off: 'Aus',
    pending: 'Nicht bestätigt',
    pendingWhy: 'Angefragt; gesendet wird erst, wenn Sie über den Link in der E-Mail dazu bestätigen.',
    required: 'Nötig',
    requiredWhy:
      'Wird nur gesendet, weil Sie etwas getan haben, etwa eine Bestellung, und lässt sich deshalb hier nicht ausschalten.',
    ask: 'Per E-Mail einschalten',
  },
} satisfies Translated<typeof en>
