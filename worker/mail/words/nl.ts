import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  confirmation: {
    subject: sender => `Graag bevestigen: e-mails van ${sender}`,
    preview: 'Zeg ja en u ontvangt deze e-mails. Doet u niets, dan verandert er niets.',
    heading: sender => `Mag ${sender} u e-mails sturen?`,
    asked: (day, sender, source) =>
      `Op ${day} heeft iemand${source ? ` via ${source}` : ''} uw adres ingevuld om dit van ${sender} te ontvangen:`,
    ifYou: 'Was u dat? Bevestig het dan alstublieft.',
    yes: 'Ja, stuur mij deze e-mails',
    hint: day =>
      `De link opent een pagina en werkt tot ${day}. Er verandert pas iets als u daar op de knop drukt.`,
    byHand: 'Werkt de knop niet? Open dan dit adres:',
    silence: 'Als u niets doet, verandert er niets. Dit is de enige e-mail over dit verzoek.',
    no: 'Dat was ik niet',
    noMeans: sender => `Het verzoek vervalt en ${sender} kan u 30\u00a0dagen lang geen nieuw verzoek sturen.`,
    notice: (name, version) => `Privacyverklaring (${name}, versie\u00a0${version})`,
    takeBack: 'U kunt uw toestemming op elk moment intrekken, met één klik in elke e-mail.',
    carried: sender => `Verstuurd door ${sender}, bezorgd door Floe.`,
  },
  access: {
    subject: sender => `Uw gegevens openen: ${sender}`,
    preview: 'De link werkt één keer, 15 minuten lang.',
    heading: sender => `Bekijk wat ${sender} over u bewaart`,
    asked: sender =>
      `Iemand heeft uw adres ingevuld op uw pagina bij ${sender} om de gegevens over u te zien, mee te nemen, te verbeteren of te wissen.`,
    yes: 'Mijn gegevens openen',
    hint: () =>
      'De link opent een pagina en werkt één keer, 15\u00a0minuten lang na het versturen van deze e-mail. Er wordt pas iets getoond als u daar op de knop drukt.',
    silence:
      'Was u dat niet? Doe dan niets: niemand krijgt iets te zien. Stuur deze e-mail niet door, want wie hem heeft kan uw gegevens openen.',
  },
  correction: {
    subject: sender => `Graag uw nieuwe adres bevestigen: ${sender}`,
    preview: 'Zeg ja en dit adres komt in de plaats van het oude.',
    heading: sender => `Mag ${sender} dit adres voor u gebruiken?`,
    asked: sender =>
      `Iemand heeft gevraagd of ${sender} voortaan dit adres wil gebruiken in plaats van een eerder adres.`,
    yes: 'Bekijken en bevestigen',
    hint: day =>
      `De link opent een pagina en werkt tot ${day}. Er verandert niets voordat u daar op de knop drukt.`,
    silence: 'Was u dat niet? Doe dan niets, of zeg het op die pagina: dit adres blijft er dan buiten.',
  },
  footer: {
    unsubscribe: 'Afmelden',
    preferences: 'Kiezen wat u ontvangt',
    subscribed: (topic, sender) =>
      `U ontvangt deze e-mail omdat uw adres op de lijst ‘${topic}’ staat. Afzender: ${sender}`,
    owed: (topic, sender) => `U ontvangt deze e-mail als klant. Afzender: ${sender}, ${topic}`,
    sentBy: company => `Verzonden door ${company}`,
  },
} satisfies Translated<typeof en>
