import type { Words } from '../words.ts'

/** Italian, with Lei. A date never follows an article, which would have to be cut short before 8 and 11. */
export const it: Words = {
  subject: sender => `Richiesta di conferma: e-mail da ${sender}`,
  preview: 'Dica di sì e riceverà queste e-mail. Se non fa nulla, nulla cambia.',
  heading: sender => `${sender} può scriverLe?`,
  asked: (day, sender, source) =>
    `In data ${day} qualcuno ha inserito il Suo indirizzo${source ? ` su ${source}` : ''} per ricevere queste e-mail da ${sender}:`,
  ifYou: 'Se la richiesta è Sua, La preghiamo di confermarla.',
  yes: 'Sì, voglio ricevere queste e-mail',
  hint: day =>
    `Il link apre una pagina. Nulla cambia finché non preme il pulsante che vi si trova. Scadenza del link: ${day}.`,
  byHand: 'Se il pulsante non funziona, apra questo indirizzo:',
  silence: 'Se non fa nulla, nulla cambia. Questa è l’unica e-mail relativa alla richiesta.',
  no: 'La richiesta non è mia',
  noMeans: sender =>
    `La richiesta viene chiusa e ${sender} non potrà inviarLe altre richieste per 30\u00a0giorni.`,
  notice: (name, version) => `Informativa sulla privacy (${name}, versione\u00a0${version})`,
  takeBack: 'Può revocare il Suo consenso in qualsiasi momento, con un clic in ogni e-mail.',
  carried: sender => `Messaggio di ${sender}, recapitato da Floe.`,
}
