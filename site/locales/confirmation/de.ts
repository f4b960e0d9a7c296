import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  title: 'E-Mails von {sender} bestätigen',
  heading: 'Darf {sender} Ihnen schreiben?',
  asked:
    'Jemand hat angefragt, dass diese E-Mails an {address|Sie} gehen sollen. Nichts ändert sich, bevor Sie hier zustimmen.',
  yes: 'Ja, ich möchte diese E-Mails',
  no: 'Das war ich nicht',
  hint: 'Erst wenn Sie auf eine Schaltfläche drücken, ändert sich etwas. Der Link gilt 7\u00a0Tage lang.',

  refuseTitle: 'Waren Sie das nicht? · {sender}',
  notYou: 'Waren Sie das nicht?',
  notYouMeans:
    'Jemand hat angefragt, dass diese E-Mails an {address|Sie} gehen sollen. Wenn Sie das nicht waren, sagen Sie es hier.',
  refuseMeans:
    '„Das war ich nicht“ beendet die Anfrage: {sender} darf diese E-Mails nicht an {address|Sie} senden und kann Sie 30\u00a0Tage lang nicht erneut fragen. Andere E-Mails bleiben, wie sie sind.',
  refuseKeeps:
    '„Das war ich nicht“ beendet die Anfrage: {sender} darf diese E-Mails nicht an {address|Sie} senden, außer was Sie früher bestätigt haben, und kann Sie 30\u00a0Tage lang nicht erneut fragen. Andere E-Mails bleiben, wie sie sind.',
  itWasMe: 'Ich war es: ansehen, was ich erhalten würde',

  agree: 'Wozu Sie Ja sagen würden',
  agreeMeans:
    '{sender} ({company}) würde Ihnen dies per E-Mail senden, wie in den Hinweisen beschrieben. Sie können es jederzeit widerrufen, mit einem Klick in jeder E-Mail.',
  notice: 'Hinweise lesen ({notice}, Version {version})',

  confirmedTitle: 'Bestätigt · {sender}',
  confirmed: 'Sie sind angemeldet',
  confirmedMeans: '{sender} darf diese E-Mails nun an {address|Sie} senden.',
  before: 'Sie haben bereits bestätigt',
  beforeMeans: '{sender} darf diese E-Mails an {address|Sie} senden. Mehr ist nicht zu tun.',
  withheld: 'Ihre Antwort ist vermerkt',
  withheldMeans:
    '{sender} darf diese E-Mails trotzdem nicht an {address|Sie} senden: Etwas anderes hält sie zurück.',
  back: 'Zurück zu {backHost}',
  mistake: 'Nicht so gemeint?',
  takeBack: 'Zurücknehmen',
  yours: 'Für Ihre Unterlagen',
  receiptMeans:
    'Eine signierte Quittung hält fest, wozu Sie Ja gesagt haben, wann, und was Ihnen gezeigt wurde. Sie nennt keine Adresse.',
  receiptHere: 'Sie kann hier eine halbe Stunde lang abgerufen werden, später über Ihre Daten.',
  receipt: 'Quittung herunterladen',
  choose: 'Auswählen, was Sie erhalten',

  offTitle: 'Nicht angemeldet · {sender}',
  refused: 'Sie sind nicht angemeldet',
  refusedMeans:
    'Die Anfrage ist beendet. {sender} darf diese E-Mails nicht an {address|Sie} senden und kann Sie 30\u00a0Tage lang nicht erneut fragen.',
  ended: 'Sie haben sich abgemeldet',
  endedMeans: '{sender} sendet diese E-Mails nicht mehr an {address|Sie}.',
  lateTitle: 'Zu spät · {sender}',
  late: 'Dieser Link ist abgelaufen',
  lateMeans:
    'Er galt 7\u00a0Tage lang. Es wurde nichts geändert: {sender} darf diese E-Mails nicht an {address|Sie} senden.',
  lateStays: 'Er galt 7\u00a0Tage lang. Es wurde nichts geändert.',
  sentTitle: 'Sehen Sie in Ihr Postfach · {sender}',
  sent: 'Sehen Sie in Ihr Postfach',
  sentMeans:
    'Wenn eine Bestätigung gesendet werden kann, ist sie unterwegs an {address|Sie}. Nichts wird eingeschaltet, bevor Sie dort auf die Schaltfläche drücken. Es sind höchstens drei solche E-Mails am Tag.',
  afterAll: 'Möchten Sie diese E-Mails doch?',
  afterAllMeans:
    'Wir senden einen neuen Link an dieselbe Adresse. Sonst ändert sich nichts, bevor Sie dort bestätigen.',
  again: 'Neue Bestätigung senden',
} satisfies Translated<typeof en>
