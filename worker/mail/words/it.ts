import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. A date never follows an article, which would have to be cut short before 8 and 11. */
export default {
  confirmation: {
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
  },
  access: {
    subject: sender => `Apra i Suoi dati: ${sender}`,
    preview: 'Il link funziona una sola volta, per 15 minuti.',
    heading: sender => `Ecco come vedere che cosa ${sender} conserva su di Lei`,
    asked: sender =>
      `Qualcuno ha inserito il Suo indirizzo nella Sua pagina presso ${sender} per vedere, portare con sé, correggere o cancellare i dati conservati su di Lei.`,
    yes: 'Apri i miei dati',
    hint: () =>
      'Il link apre una pagina e funziona una sola volta, per 15\u00a0minuti dall’invio di questa e-mail. Non viene mostrato nulla finché non preme il pulsante che vi si trova.',
    silence:
      'Se non è stato Lei, non faccia nulla: nessuno vedrà niente. Non inoltri questa e-mail, perché chi la possiede può aprire i Suoi dati.',
  },
  correction: {
    subject: sender => `Confermi il Suo nuovo indirizzo: ${sender}`,
    preview: 'Dica di sì e questo indirizzo prenderà il posto del precedente.',
    heading: sender => `${sender} può usare questo indirizzo per Lei?`,
    asked: sender =>
      `Qualcuno ha chiesto a ${sender} di usare d’ora in poi questo indirizzo al posto di uno precedente.`,
    yes: 'Guardi e confermi',
    hint: day =>
      `Il link apre una pagina. Nulla cambia prima che Lei prema il pulsante che vi si trova. Scadenza: ${day}.`,
    silence:
      'Se non è stato Lei, non faccia nulla o lo dica in quella pagina: questo indirizzo ne resterà fuori.',
  },
  footer: {
    unsubscribe: 'Annulla l’iscrizione',
    preferences: 'Scelga che cosa ricevere',
    subscribed: (topic, sender) =>
      `Riceve questa e-mail perché il Suo indirizzo è nella lista «${topic}». Mittente: ${sender}`,
    owed: (topic, sender) => `Riceve questa e-mail come cliente. Mittente: ${sender}, ${topic}`,
    sentBy: company => `Inviato da ${company}`,
  },
} satisfies Translated<typeof en>
