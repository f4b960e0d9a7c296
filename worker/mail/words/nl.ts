import type { Words } from '../words.ts'

/** Dutch, with u. */
export const nl: Words = {
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
}
