import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  title: 'E-mails van {sender}',
  heading: 'E-mails van {sender} ontvangen',
  lead: 'Een e-mail naar uw adres vraagt u om bevestiging. Er wordt niets ingeschakeld voordat u op de knop daarin drukt.',
  badAddress: 'Dit is geen e-mailadres. Kijk het nog eens na.',
  noTopic: 'Kies er minstens één.',
  trapped:
    'Een veld dat niemand ziet was ingevuld, misschien door uw browser. Het is weer leeg: druk nog eens op de knop.',
  agree: 'Waar u ja tegen zegt',
  agreeMeans:
    '{sender} ({company}) stuurt u dit per e-mail. U kunt uw toestemming op elk moment intrekken, met één klik in elke e-mail.',

  runtime: {
    address: 'Uw e-mailadres',
    choose: 'Wat wilt u ontvangen?',
    send: 'Aanmelden',
    empty: 'Laat dit veld leeg',
    notice: 'De kennisgeving lezen ({notice}, versie {version})',
  },
} satisfies Translated<typeof en>
