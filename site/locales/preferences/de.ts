import type { Words } from '../preferences.ts'

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

  told: {
    on: 'An',
    leaving: 'Aus, sobald Sie speichern',
    offSince: 'Aus seit dem {day}',
    never: 'Nicht angemeldet',
    pending: 'Nicht bestätigt',
    pendingWhy: 'Angefragt; gesendet wird erst, wenn Sie über den Link in der E-Mail dazu bestätigen.',
    required: 'Nötig',
    requiredWhy:
      'Wird nur gesendet, weil Sie etwas getan haben, etwa eine Bestellung, und lässt sich deshalb hier nicht ausschalten.',
  },
} satisfies Words
