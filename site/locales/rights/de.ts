import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  toData: 'Ihre Daten sehen, berichtigen oder löschen',
  askTitle: 'Ihre Daten · {sender}',
  ask: 'Ihre Daten bei {sender}',
  askMeans:
    'Sehen Sie alles, was über Sie gespeichert ist, nehmen Sie es mit, berichtigen Sie es, schränken Sie seine Verwendung ein oder lassen Sie es löschen. Der Link hierher könnte weitergegeben worden sein, deshalb schicken wir zuerst eine E-Mail an Ihre Adresse. Der Link darin öffnet Ihre Daten einmal, für 15 Minuten.',
  yourAddress: 'Ihre E-Mail-Adresse',
  noAddress: 'Das ist keine E-Mail-Adresse. Bitte sehen Sie noch einmal nach.',
  send: 'Link zuschicken',
  look: 'Sehen Sie in Ihre E-Mails',
  lookMeans:
    'Wenn diese Seite zu dieser Adresse gehört, ist eine E-Mail mit einem Link unterwegs. Kommt in einigen Minuten keine, sehen Sie im Spam-Ordner nach und prüfen Sie die Schreibweise. Es gibt höchstens drei am Tag.',
  noMail: 'Von hier kann keine E-Mail verschickt werden',
  noMailMeans:
    '{sender} müsste Ihnen diesen Link schicken und kann das von hier aus nicht. Antworten Sie auf eine der E-Mails und fragen Sie nach Ihren Daten: Sie haben dort dieselben Rechte mit denselben Fristen.',
  toPreferences: 'Zurück zu dem, was Sie erhalten',

  accessTitle: 'Ihre Daten öffnen · {sender}',
  access: 'Ihre Daten öffnen?',
  accessMeans:
    'Sie sehen alles, was {sender} ({company}) hier über Sie speichert, und können es ändern oder löschen. Der Link gilt einmal, und was er öffnet, schließt sich nach 15 Minuten.',
  open: 'Meine Daten öffnen',
  accessHint: 'Erst Ihr Klick auf die Schaltfläche zeigt etwas.',

  used: 'Dieser Link wurde schon verwendet',
  usedMeans:
    'Er gilt einmal, damit niemand, der die E-Mail später in die Hände bekommt, Ihre Daten öffnen kann. Jetzt wurde nichts geändert. Waren nicht Sie es, der ihn verwendet hat, fordern Sie einen neuen an und sehen Sie nach, was geschehen ist.',
  ran: 'Dieser Link ist abgelaufen',
  ranMeans: 'Er gilt nur kurze Zeit, nachdem seine E-Mail verschickt wurde. Jetzt wurde nichts geändert.',
  over: 'Diese Seite hat sich geschlossen',
  overMeans:
    'Sie bleibt 15 Minuten offen oder bis Ihre Daten gelöscht oder umgezogen sind. Jetzt wurde nichts geändert.',
  howNew:
    'Für einen neuen Link öffnen Sie am Ende einer E-Mail des Absenders die Seite, auf der Sie wählen, was Sie erhalten, und gehen dort zu Ihren Daten.',

  title: 'Ihre Daten · {sender}',
  heading: 'Was über Sie gespeichert ist',
  means:
    'Das ist alles, was {sender} ({company}) hier über Sie speichert. Die Seite schließt sich nach 15 Minuten, und nichts davon bleibt in diesem Browser.',
  done: 'Erledigt.',
  didRestrict: 'Niemand bei {company} darf Ihre Daten jetzt verwenden.',
  didObject: 'Ihre Daten werden nicht mehr für Werbung an Sie verwendet.',
  didLift: 'Das ist zurückgenommen.',
  didLanguage: 'Von nun an schreiben wir Ihnen in dieser Sprache.',
  didRequest: 'Ihre Anfrage liegt bei {sender} und ist bis zum {due} zu beantworten.',
  didCorrect:
    'Wenn die neue Adresse gefragt werden kann, ist eine E-Mail dorthin unterwegs. Nichts zieht um, bevor sie Ja sagt.',

  address: 'Ihre Adresse',
  addressKept: 'Sie ist verschlüsselt gespeichert, damit man Ihnen schreiben kann.',
  addressNot: 'Sie ist hier nicht gespeichert, nur eine unkenntliche Form, die sie wiedererkennt.',
  topics: 'Was Sie abonniert haben',
  whyUnknown:
    'Woher {sender} Ihre Adresse hat, ist hier nicht vermerkt. Sie dürfen dort nachfragen und unten der Werbung widersprechen.',
  stops: 'Was E-Mails von Ihnen fernhält',
  optedOut:
    'Am {optedOut} für {sender} festgehalten: Nichts über Sie darf verkauft oder weitergegeben werden.',
  requests: 'Ihre Anfragen',
  history: 'Was geschehen ist, das Neueste zuerst',
  historyShow: 'Zeigen, was geschehen ist',
  historyOlder: 'Ältere Einträge zeigen',
  historyNewest: 'Zurück zu den neuesten',
  andMore: 'Es gibt noch mehr. Was Sie unten mitnehmen, enthält alles.',
  nothing: 'Nichts.',

  take: 'Mitnehmen',
  takeMeans:
    'Alles, auch was auf dieser Seite keinen Platz hat, für Sie zum Aufbewahren oder zum Weitergeben an jemand anderen.',
  takeJson: 'Für Programme (JSON)',
  takePage: 'Zum Lesen (HTML)',

  correct: 'Ihre Adresse berichtigen',
  correctMeans:
    'Zuerst wird die neue Adresse gefragt. Sagt sie Ja, zieht alles dorthin um, auch was E-Mails fernhält, und die alte wird vergessen.',
  newAddress: 'Neue E-Mail-Adresse',
  badAddress: 'Das ist keine andere E-Mail-Adresse. Bitte sehen Sie noch einmal nach.',
  correctSend: 'Die neue Adresse fragen',
  language: 'Sprache',
  languageMeans: 'In der wir Ihnen schreiben',
  languageSet: 'Diese Sprache verwenden',

  restrict: 'Verwendung Ihrer Daten einschränken',
  restrictMeans:
    'Niemand bei {company} darf Ihnen dann etwas schicken, auch keinen Beleg, bis Sie das hier aufheben. Ihre Daten werden nur aufbewahrt.',
  restrictSet: 'Einschränken',
  restricted: 'Die Verwendung ist eingeschränkt: Niemand bei {company} darf Ihnen etwas schicken.',
  restrictLift: 'Einschränkung aufheben',
  object: 'Werbung widersprechen',
  objectMeans:
    'Ihre Daten werden dann nicht mehr für Werbung an Sie verwendet. Belege und Ähnliches kommen weiterhin.',
  objectSender: 'Widerspruch bei {sender}',
  objectCompany: 'Widerspruch bei allen von {company}',
  objected: 'Sie haben widersprochen, und das gilt.',
  objectLift: 'Widerspruch zurücknehmen',
  refusing: '{sender} kann Sie danach 30\u00a0Tage lang nicht erneut fragen, wer auch immer Sie anmeldet.',
  refusingLift: '{sender} darf mich wieder fragen',
  complaining:
    '{sender} darf Ihnen nichts schicken, auch keinen Beleg, bis Sie das zurücknehmen. Manche Mailprogramme beschweren sich, wenn Sie eine E-Mail in den Spam verschieben.',
  complaintLift: 'Beschwerde zurücknehmen',

  more: 'Mehr von {sender} verlangen',
  moreMeans:
    'Was {sender} anderswo speichert, ist hier nicht bekannt. Ihre Anfrage geht mit Ihrer Adresse dorthin und ist bis zum {due} zu beantworten.',
  what: 'Was Sie möchten',
  wantAccess: 'Sagen Sie mir, was Sie sonst über mich speichern',
  wantCorrection: 'Etwas ist falsch oder fehlt',
  wantErasure: 'Löschen Sie, was Sie anderswo speichern',
  message: 'Worum es geht',
  badMessage:
    'Bitte sagen Sie, worum es geht, mit höchstens 2000 Zeichen. Höchstens 10 Anfragen warten gleichzeitig.',
  moreSend: 'Anfrage senden',

  erase: 'Alles löschen',
  eraseMeans:
    'Die nächste Seite sagt, was verschwindet und was bleibt. Erst die Schaltfläche dort löscht etwas.',
  eraseNext: 'Weiter zum Löschen',

  eraseTitle: 'Ihre Daten löschen · {sender}',
  eraseHeading: 'Ihre Daten löschen?',
  goes: 'Das verschwindet für immer',
  goesAddress: 'Ihre Adresse.',
  goesEvidence:
    'Der Schlüssel zu allem, was zeigt, wie Sie zugestimmt haben, etwa Internetadressen, Browser und was Sie geschrieben haben: Niemand kann es mehr lesen.',
  goesChoices: 'Ihre Abonnements, offenen Anmeldungen, Sprache und Anfragen.',
  stays: 'Das bleibt',
  staysStop:
    'Dass niemand bei {company} Ihnen schreiben darf, anhand einer unkenntlichen Form Ihrer Adresse, die niemanden nennt.',
  staysLedger: 'Dass dies alles geschehen ist und wann, ohne Ihre Adresse und ohne das, was es zeigte.',
  elsewhere:
    'Auch {sender} bitten, bis zum {due} zu löschen, was anderswo gespeichert ist. Dafür geht Ihre Adresse dorthin und bleibt hier verschlüsselt, bis es getan ist.',
  noUndo: 'Das lässt sich nicht rückgängig machen.',
  eraseNow: 'Jetzt alles löschen',
  goBack: 'Zurück und behalten',

  erasedTitle: 'Gelöscht · {sender}',
  erased: 'Ihre Daten sind gelöscht',
  erasedMeans:
    'Ihre Adresse, der Schlüssel zu dem, was zeigte, wie Sie zugestimmt haben, und was Sie gewählt hatten, sind fort. Was bleibt: Niemand bei {company} darf Ihnen schreiben, und dass dies geschehen ist, ohne Namen.',
  copiesBy:
    'In Protokollen und Sicherungen bleiben eine Zeit lang verschlüsselte Kopien. Bis zum {gone} werden die Schlüssel dazu vernichtet, und Ihre Daten sind in allen Kopien unlesbar.',
  copiesOpen:
    'In Protokollen und Sicherungen bleiben verschlüsselte Kopien länger. Es steht kein Tag fest, bis zu dem sie unlesbar sind.',
  erasedElsewhere: '{sender} wurde gebeten, bis zum {due} zu löschen, was anderswo gespeichert ist.',
  erasedBack:
    'Wenn Sie diese E-Mails eines Tages wieder möchten, melden Sie sich neu an. Es beginnt bei null.',

  moveTitle: 'Eine neue Adresse · {sender}',
  move: 'Soll {sender} für Sie diese Adresse verwenden?',
  moveMeans:
    'Jemand, der E-Mails von {sender} an eine andere Adresse erhielt, möchte sie hier erhalten. Wenn Sie Ja sagen, kommt dies hierher:',
  moveNone:
    'Jemand, der mit {sender} unter einer anderen Adresse zu tun hatte, möchte unter dieser bekannt sein.',
  moveStops: 'Was dort abbestellt war, bleibt es, auch hier.',
  moveYes: 'Ja, das ist meine Adresse',
  moveNo: 'Das war ich nicht',
  moveHint: 'Erst Ihr Klick auf eine Schaltfläche ändert etwas. Der Link gilt 7\u00a0Tage lang.',
  movedTitle: 'Berichtigt · {sender}',
  moved: 'Ihre Adresse ist berichtigt',
  movedMeans:
    'Alles ist hierher umgezogen, und die alte Adresse ist vergessen. {sender} wurde gebeten, sie auch anderswo zu berichtigen.',
  stayed: 'Es wurde nichts geändert',
  stayedMeans: 'Diese Adresse bleibt außen vor und wird vergessen.',
  late: 'Dafür ist es zu spät',
  lateMeans:
    'Der Link ist abgelaufen oder ein anderer ist an seine Stelle getreten. Jetzt wurde nichts geändert.',

  runtime: {
    confirmed: 'Abonniert',
    pending: 'Noch nicht bestätigt',
    ended: 'Beendet',
    expired: 'Abgelaufen',
    since: 'seit {day}',
    until: 'bis {day}',
    whyConfirmed:
      'Am {since} haben Sie diese E-Mails bestätigt, die auf {source} mit dieser Adresse angefordert worden waren.',
    whyExpress: '{sender} hat vermerkt, dass Sie diesen E-Mails am {since} zugestimmt haben.',
    whyPurchase: '{sender} hat vermerkt, dass Sie am {since} Kundin oder Kunde geworden sind.',
    whyInquiry: '{sender} hat vermerkt, dass Sie am {since} eine Anfrage gestellt haben.',
    whySoft: '{sender} hat vermerkt, dass Sie diese Adresse am {since} bei einem Kauf angegeben haben.',
    whyContract:
      '{sender} hat vermerkt, dass diese E-Mails seit dem {since} zu einem Vertrag mit Ihnen gehören.',
    whyInterest: '{sender} hat ein berechtigtes Interesse vermerkt, Ihnen seit dem {since} zu schreiben.',

    legal: 'Das Gesetz',
    complained: 'Sie haben sich über eine E-Mail beschwert',
    perhapsComplained: 'Jemand hat sich über eine E-Mail beschwert, vielleicht Sie',
    bounced: 'Eine E-Mail an Sie kam zurück',
    objected: 'Sie haben widersprochen',
    unsubscribed: 'Sie haben abbestellt',
    imported: 'Von früher übernommen',
    manual: 'Vom Absender eingetragen',
    paused: 'Sie haben eine Pause eingelegt',
    restricted: 'Sie haben die Verwendung Ihrer Daten eingeschränkt',
    everywhere: 'alle',

    access: 'Ihre Daten sehen',
    rectification: 'Ihre Daten berichtigen',
    erasure: 'Ihre Daten löschen',
    restriction: 'Ihre Verwendung einschränken',
    portability: 'Ihre Daten mitnehmen',
    objection: 'Ihrer Verwendung widersprechen',
    due: 'Zu beantworten bis {day}',
    overdue: 'War zu beantworten bis {day}',
    fulfilled: 'Erledigt am {day}',
    partlyFulfilled: 'Teilweise erledigt am {day}',
    refused: 'Abgelehnt am {day}',
    notIdentified: 'Geschlossen am {day}: Sie konnten nicht erkannt werden',
    moot: 'Geschlossen am {day}',

    stopped: 'E-Mails wurden gestoppt',
    lifted: 'Ein Stopp wurde aufgehoben',
    asked: 'Sie wurden um eine Bestätigung gebeten',
    agreed: 'Sie haben zugestimmt',
    granted: 'Der Absender hat Ihre Zustimmung eingetragen',
    declined: 'Sie haben gesagt, dass Sie es nicht waren',
    withdrew: 'Sie haben Ihre Zustimmung zurückgenommen',
    restored: 'Ihre Zustimmung galt wieder',
    ranOut: 'Eine Zustimmung oder Anfrage lief ab',
    mailed: 'Eine E-Mail mit einem Link ging an Sie',
    undeliverable: 'Eine E-Mail mit einem Link ließ sich nicht senden',
    wanted: 'Sie haben etwas zu Ihren Daten verlangt',
    opened: 'Ihre Daten wurden geöffnet',
    took: 'Sie haben Ihre Daten mitgenommen',
    corrected: 'Ihre Adresse wurde berichtigt',
    answered: 'Der Absender hat Ihre Anfrage beantwortet',
    missed: 'Eine Frist verging ohne Antwort',
    chose: 'Sie haben etwas über sich gewählt',
    optedOut: 'Verkauf und Weitergabe widersprochen',

    ip: 'Internetadresse',
    userAgent: 'Browser',
    page: 'Seite',
    form: 'Formular',
    wording: 'Worin Sie eingewilligt haben',
    written: 'Was Sie geschrieben haben',
    proof: 'Was es sonst zeigt',
    gone: 'Was es zeigte, kann niemand mehr lesen.',
  },
} satisfies Translated<typeof en>
