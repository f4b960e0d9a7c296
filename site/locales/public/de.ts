import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  about: 'Über Floe',
  language: 'Sprache',
  names: {
    privacy: 'Datenschutz',
    changes: 'Was sich geändert hat',
    rights: 'Ihre Rechte',
    accessibility: 'Barrierefreiheit',
    companies: 'Unternehmen, mit denen wir arbeiten',
  },
  front: {
    title: 'Ihr Wort über E-Mails gilt',
    description:
      'Wenn Sie sich abmelden, bekommt jeder Absender, der Floe vor der nächsten E-Mail fragt, ein Nein.',
    lead: 'Unternehmen, die Ihnen E-Mails senden, merken sich mit Floe, was Sie von ihnen möchten und was nicht.',
    effect:
      'Wenn Sie sich abmelden, wirkt das sofort: Ein Absender, der Floe vor der nächsten E-Mail fragt, bekommt ein Nein. Sie brauchen kein Konto und kein Passwort.',
    nothing:
      'Auf dieser Seite ist nichts zu tun. Ihre eigene Seite öffnen Sie über die Links am Ende der E-Mails, die Sie erhalten.',
    documentation: 'Für Unternehmen, die E-Mails versenden: die Dokumentation, auf Englisch',
  },
  notice: {
    title: 'Datenschutzhinweise',
    description: 'Was Floe über Sie verarbeitet, warum, wie lange, und was Sie tun können.',
    standing: 'Version {version}, gültig seit {date}',
    old: 'Dies ist eine frühere Version. Sie bleibt hier, weil Einwilligungen auf sie verweisen.',
    current: 'Aktuelle Version lesen',
    translation: 'Dies ist eine Übersetzung. Verbindlich ist der englische Text.',
    untranslated: 'Diese Version wurde nur auf Englisch veröffentlicht.',
    english: 'Englischen Text lesen',
    versions: 'Alle Versionen',
    version: 'Version {version}',
    file: 'Der Text als Datei',
    digest: 'Seine SHA-256-Prüfsumme, auf die sich Einwilligungen beziehen',
  },
  changes: {
    title: 'Was sich geändert hat',
    description:
      'Was sich zwischen den Versionen der Datenschutzhinweise geändert hat, in Worten und Zeile für Zeile.',
    lead: 'Jede Version der Datenschutzhinweise bleibt, wie sie veröffentlicht wurde. Hier steht, was sich von einer zur nächsten geändert hat.',
    between: 'Von Version {old} zu Version {new}',
    since: 'Gültig seit {date}',
    text: 'Im Text',
    compared: 'Verglichen wird der verbindliche englische Text.',
    added: 'Hinzugefügt:',
    removed: 'Entfernt:',
    same: { one: '{count} Absatz ist gleich', other: '{count} Absätze sind gleich' },
  },
  rights: {
    title: 'Ihre Rechte nach Gesetz',
    description:
      'Welches Gesetz Ihnen welche Rechte bei E-Mails und persönlichen Daten gibt und wie lange eine Antwort dauern darf.',
    lead: 'Welches Recht gilt, hängt davon ab, wo Sie leben und wer Ihnen schreibt. Floe rechnet mit den Fristen der Gesetze, die der Absender genannt hat, und mit denen der DSGVO, wo er keines genannt hat.',
    here: 'Mit Floe',
    stop: 'Eine Abmeldung wirkt sofort, und ihr Link läuft nicht von selbst ab.',
    self: 'Ihre Daten sehen, berichtigen, mitnehmen und löschen Sie selbst: Öffnen Sie Ihre eigene Seite über den Link am Ende einer E-Mail und wählen Sie „Ihre Daten“.',
    optOut: 'E-Mails enden innerhalb von',
    link: 'Ein Abmeldelink funktioniert',
    answer: 'Antwort auf Anträge innerhalb von',
    acknowledge: 'Eingangsbestätigung innerhalb von',
    extension: 'In schwierigen Fällen länger um',
    articles: 'Wo es steht',
    businessDays: { one: '{count} Werktag (Mo–Fr)', other: '{count} Werktage (Mo–Fr)' },
    advice:
      'Die Fristen sind die des Gesetzes zum Stand dieser Version. Diese Seite informiert und ist keine Rechtsberatung.',
    laws: {
      eu: {
        name: 'Europäische Union: DSGVO',
        says: 'Sie können Ihre Daten sehen, berichtigen, löschen und mitnehmen, ihre Nutzung einschränken lassen, Werbung jederzeit widersprechen und eine Einwilligung so leicht widerrufen, wie Sie sie gegeben haben.',
      },
      uk: {
        name: 'Vereinigtes Königreich: UK GDPR und PECR',
        says: 'Es gelten die Rechte der DSGVO. E-Mail-Werbung braucht Ihre Einwilligung oder dass Sie Kunde sind und ein Nein angeboten bekamen.',
      },
      us_ca: {
        name: 'Kalifornien: CCPA',
        says: 'Sie können erfahren, berichtigen und löschen lassen, was über Sie gespeichert ist, und Verkauf und Weitergabe widersprechen. Global Privacy Control gilt als solcher Widerspruch.',
      },
      us_canspam: {
        name: 'Vereinigte Staaten: CAN-SPAM',
        says: 'Jede Werbe-E-Mail muss eine Abmeldung bieten, die nichts kostet und nicht mehr verlangt als eine Antwort oder eine einzige Seite.',
      },
      ca_casl: {
        name: 'Kanada: CASL',
        says: 'Geschäftliche E-Mails brauchen Ihre ausdrückliche oder stillschweigende Einwilligung, müssen den Absender nennen und eine Abmeldung bieten.',
      },
      ca_pipeda: {
        name: 'Kanada: PIPEDA',
        says: 'Sie können sehen, was über Sie gespeichert ist, und es berichtigen lassen.',
      },
      br: {
        name: 'Brasilien: LGPD',
        says: 'Sie können erfahren, was über Sie gespeichert ist, es sehen, berichtigen, mitnehmen und löschen lassen und eine Einwilligung widerrufen.',
      },
      au: {
        name: 'Australien: Spam Act',
        says: 'Geschäftliche E-Mails brauchen Ihre Einwilligung, müssen den Absender nennen und eine Abmeldung ohne Gebühr und ohne Anmeldung bieten.',
      },
    },
  },
  accessibility: {
    title: 'Barrierefreiheit',
    description:
      'Wie barrierefrei diese Seiten sind, wie das geprüft wird und was Sie tun können, wenn etwas nicht geht.',
    lead: 'Alle sollen sagen können, was sie möchten, und verstanden werden. Diese Seiten sind so gemacht, dass sie WCAG 2.2, Stufe AA, erfüllen. Das ist unsere eigene Bewertung; niemand von außen hat sie bescheinigt.',
    how: 'Wie es geprüft wird',
    tests: {
      machine: 'Ein Programm (axe) sucht auf jeder Seite nach Fehlern, in jeder Sprache, hell und dunkel.',
      keyboard:
        'Jede Auswahl wird in einem echten Browser nur mit der Tastatur getroffen, und noch einmal ohne JavaScript.',
      screen:
        'Seiten werden ab 320 Pixeln Breite angesehen, mit doppelt so großem Text, von rechts nach links, mit erzwungenen Farben und auf Papier.',
      contrast:
        'Farben von Absendern werden angepasst, bis jeder Text einen Kontrast von mindestens 4,5 zu 1 hat.',
    },
    limits: 'Was wir wissen',
    known:
      'Namen und Beschreibungen schreiben die Absender; sie können schwer zu lesen oder in einer anderen Sprache sein als die Seite.',
    feedback: 'Wenn etwas nicht geht',
    contact:
      'Schreiben Sie uns. Nennen Sie die Seite und was Sie tun wollten; wer Sie sind, müssen Sie nicht sagen.',
  },
  companies: {
    description:
      'Die Unternehmen, die für Floe personenbezogene Daten verarbeiten, wo sie sind und was sie tun.',
    lead: 'Diese Unternehmen betreiben Computer für Floe. Sie erhalten vertraglich geregelt, was sie dafür brauchen, und sonst nichts.',
    country: 'Land',
    does: 'Was es tut',
    edge: 'Liefert diese Seiten aus und betreibt das Programm dahinter',
    database: 'Bewahrt die Datenbank auf',
    mail: 'Stellt E-Mails zu, etwa Bestätigungen',
  },
} satisfies Translated<typeof en>
