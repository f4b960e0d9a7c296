import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  heading: 'E-Mail-Einstellungen',
  choose: 'Wählen Sie, welche E-Mails von {sender} an {address|Ihre Adresse} gehen sollen.',
  mailFor: 'Dies sind die E-Mails von {sender} an {address|Sie}.',
  saved: 'Gespeichert',
  ended: 'Sie erhalten nicht mehr: {ended}',
  stopped: 'Sie haben alle E-Mails von {sender} abbestellt.',
  spoken: 'Die Sprache ist geändert.',
  stale: 'Schon zuvor aus: {stale}',
  nothing: 'Es gab nichts zu ändern.',
  asked: 'Prüfen Sie Ihr Postfach',
  askedMeans:
    'Wenn wir eine Bestätigung senden können, ist sie unterwegs an {address|Sie}. Nichts wird eingeschaltet, bevor Sie dort bestätigen. Wir senden höchstens drei solche E-Mails am Tag.',
  undone: 'Rückgängig gemacht',
  undoneMeans: 'Was Ihr letzter Schritt geändert hat, ist wieder wie zuvor.',
  undo: 'Rückgängig machen',
  refused: 'Das Übrige wurde nicht geändert. Bitte versuchen Sie es später noch einmal.',
  off: 'Alle unten genannten E-Mails von {sender} sind aus.',
  stillRequired: 'Was als erforderlich gekennzeichnet ist, kann weiterhin kommen.',
  paused: 'Pausiert bis zum {pausedUntil}.',
  pausedMeans: 'Bis dahin kommt nur, was als erforderlich gekennzeichnet ist.',
  pausedAfter: 'Danach kommt wieder, was unten angekreuzt ist.',
  topics: 'E-Mails',
  save: 'Änderungen speichern',
  stop: 'Alle abbestellen',
  stopMeans: 'Das gilt auch für E-Mails, die {sender} später hinzufügt.',
  pause: 'E-Mails pausieren',
  pauseLonger: 'Länger pausieren',
  days: { one: '{count} Tag', other: '{count} Tage' },
  askMeans:
    'Um etwas einzuschalten, senden wir Ihnen zuerst einen Link zur Bestätigung. Nichts wird eingeschaltet, bevor Sie bestätigen.',
  back: 'Wieder anmelden',
  backMeans:
    'Ein Link in einer E-Mail kann nur abbestellen, damit niemand, dem er in die Hände fällt, Sie anmelden kann. Um etwas wieder zu erhalten, melden Sie sich bei {sender} neu an.',
  blockedMeans:
    'Manches davon lässt sich weder hier noch durch eine neue Anmeldung wieder einschalten. Was es fernhält und was Sie davon zurücknehmen können, steht bei Ihren Daten, über den Link am Ende dieser Seite.',
  gpc: 'Ihr Browser verlangt, dass Ihre Daten weder verkauft noch weitergegeben werden (Global Privacy Control).',
  gpcSoon: 'Das wird hier beachtet und mit Ihrem nächsten Schritt festgehalten.',
  gpcRecord: 'Jetzt festhalten',
  gpcRecorded: 'Für {sender} festgehalten: Ihre Daten dürfen weder verkauft noch weitergegeben werden.',
  language: 'Sprache',
  why: 'Warum erhalte ich diese E-Mails?',
  whyMeans:
    'Dieser Link kann weitergegeben worden sein. Der Grund und was wann und wo gewählt wurde, wird deshalb nur nach einer E-Mail an Ihre eigene Adresse gezeigt.',

  runtime: {
    leaving: 'Wird abbestellt',
    off: 'Aus',
    pending: 'Nicht bestätigt',
    pendingWhy: 'Angefragt; gesendet wird erst, wenn Sie über den Link in der E-Mail dazu bestätigen.',
    required: 'Erforderlich',
    requiredWhy:
      'Wird wegen etwas gesendet, das Sie getan haben, etwa einer Bestellung, und lässt sich deshalb hier nicht ausschalten.',
    ask: 'Einschalten',
  },
} satisfies Translated<typeof en>
