import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  whatToDo: 'Was Sie tun können',
  invalid: 'Dieser Link funktioniert nicht',
  invalidWhy:
    'Vielleicht fehlt ein Teil: E-Mail-Programme schneiden lange Links manchmal ab. Es wurde nichts geändert.',
  invalidCopy:
    'Kopieren Sie den ganzen Link aus der E-Mail, bis zum letzten Zeichen, und öffnen Sie ihn erneut.',
  invalidAnswer: 'Oder antworten Sie auf die E-Mail und bitten Sie den Absender, Sie auszutragen.',
  unavailable: 'Das hat gerade nicht geklappt',
  unavailableWhy:
    'Der Fehler liegt bei uns, nicht bei Ihnen. Bitte betrachten Sie noch nichts als erledigt, und versuchen Sie es in einer Minute erneut. Es zweimal zu tun, schadet nicht.',
  retry: 'Erneut versuchen',
  busy: 'Das war etwas zu oft',
  busyWhy: 'Es wurde nichts geändert. Bitte warten Sie eine Minute, und versuchen Sie es dann erneut.',
  limited: 'Das wurde heute zu oft geändert',
  limitedWhy:
    'Über die Links in E-Mails lässt sich an einem Tag nur begrenzt oft etwas ändern oder zurücknehmen. Jetzt wurde nichts geändert. Ab {again} geht es wieder.',
  limitedStop: 'Abbestellen und Pausieren gehen immer.',
  tooLarge: 'Das war zu viel auf einmal',
  tooLargeWhy:
    'Das Formular enthielt mehr, als es fassen kann. Es wurde nichts geändert. Bitte öffnen Sie die Seite erneut.',
  expired: 'Zu spät zum Rückgängigmachen',
  expiredWhy:
    'Rückgängig machen lässt sich eine Abmeldung nur für kurze Zeit. Es wurde jetzt nichts geändert.',
  signUpAgain: 'Wenn Sie diese E-Mails wieder möchten, melden Sie sich beim Absender neu an.',
  gone: 'Diese E-Mails gibt es nicht mehr',
  goneWhy:
    'Der Absender verschickt nicht mehr, wofür dieser Link da war. Es gibt also nichts mehr abzubestellen.',
  goneNewest: 'Falls doch noch etwas kommt, nutzen Sie den Link am Ende der neuesten E-Mail.',
  formFull: 'Dieses Formular ist für heute voll',
  formFullWhy:
    'Es nimmt nur eine begrenzte Zahl von Anmeldungen am Tag an. Es wurde nichts gesendet oder gespeichert. Bitte versuchen Sie es morgen noch einmal.',
  formEnded: 'Dieses Formular gibt es nicht mehr',
  formEndedWhy: 'Der Absender hat es beendet. Es wurde nichts gesendet oder gespeichert.',
  unconfirmed: 'Hier gibt es nichts zu bestätigen',
  unconfirmedWhy: 'Wofür dieser Link da war, ist zu Ende. Es wurde nichts geändert.',
  notFound: 'Diese Seite gibt es nicht',
  notFoundWhy: 'Vielleicht enthält die Adresse einen Tippfehler. Es wurde nichts geändert.',
  notFoundCopy:
    'Wenn Sie aus einer E-Mail kommen, öffnen Sie deren Link erneut oder kopieren Sie ihn ganz, bis zum letzten Zeichen.',
} satisfies Translated<typeof en>
