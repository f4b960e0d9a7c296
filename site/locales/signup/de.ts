import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  title: 'E-Mails von {sender}',
  heading: 'E-Mails von {sender} erhalten',
  lead: 'Eine E-Mail an Ihre Adresse bittet Sie um Bestätigung. Erst mit der Schaltfläche darin wird etwas eingeschaltet.',
  badAddress: 'Das ist keine E-Mail-Adresse. Bitte sehen Sie noch einmal nach.',
  noTopic: 'Bitte wählen Sie mindestens eines aus.',
  trapped:
    'Ein unsichtbares Feld war ausgefüllt, vielleicht von Ihrem Browser. Jetzt ist es wieder leer: Bitte drücken Sie die Schaltfläche noch einmal.',
  agree: 'Wozu Sie Ja sagen',
  agreeMeans:
    '{sender} ({company}) sendet Ihnen dies per E-Mail. Sie können Ihr Ja jederzeit widerrufen, mit einem Klick in jeder E-Mail.',

  runtime: {
    address: 'Ihre E-Mail-Adresse',
    choose: 'Was möchten Sie erhalten?',
    send: 'Anmelden',
    empty: 'Dieses Feld leer lassen',
    notice: 'Hinweise lesen ({notice}, Version {version})',
  },
} satisfies Translated<typeof en>
