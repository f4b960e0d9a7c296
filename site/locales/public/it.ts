import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. */
export default {
  about: 'Informazioni su Floe',
  language: 'Lingua',
  names: {
    privacy: 'Privacy',
    changes: 'Che cosa è cambiato',
    rights: 'I Suoi diritti',
    accessibility: 'Accessibilità',
    companies: 'Aziende con cui lavoriamo',
  },
  front: {
    title: 'La Sua parola sulla posta, mantenuta',
    description:
      'Quando Lei annulla l’iscrizione, il mittente che chiede a Floe prima dell’e-mail seguente riceve un no.',
    lead: 'Le aziende che Le scrivono usano Floe per ricordare che cosa Lei vuole da loro e che cosa no.',
    effect:
      'Quando Lei annulla l’iscrizione, l’effetto è immediato: il mittente che chiede a Floe prima dell’e-mail seguente riceve un no. Non servono account né password.',
    nothing:
      'In questa pagina non c’è nulla da fare. La Sua pagina si apre dai link in fondo ai messaggi che riceve.',
    documentation: 'Per le aziende che inviano messaggi: la documentazione, in inglese',
  },
  notice: {
    title: 'Informativa sulla privacy',
    description: 'Che cosa Floe tratta su di Lei, perché, per quanto tempo, e che cosa può fare.',
    standing: 'Versione {version}, in vigore dal {date}',
    old: 'Questa è una versione precedente. Resta qui perché alcuni consensi vi si riferiscono.',
    current: 'Legga la versione attuale',
    translation: 'Questa è una traduzione. Il testo vincolante è quello inglese.',
    untranslated: 'Questa versione è stata pubblicata solo in inglese.',
    english: 'Legga il testo inglese',
    versions: 'Tutte le versioni',
    version: 'Versione {version}',
    file: 'Il testo come file',
    digest: 'La sua impronta SHA-256, con cui i consensi vi si riferiscono',
  },
  changes: {
    title: 'Che cosa è cambiato',
    description:
      'Che cosa è cambiato tra le versioni dell’informativa sulla privacy, a parole e riga per riga.',
    lead: 'Ogni versione dell’informativa sulla privacy resta come è stata pubblicata. Ecco che cosa è cambiato dall’una all’altra.',
    between: 'Dalla versione {old} alla versione {new}',
    since: 'In vigore dal {date}',
    text: 'Nel testo',
    compared: 'Si confronta il testo inglese, che è quello vincolante.',
    added: 'Aggiunto:',
    removed: 'Rimosso:',
    same: { one: '{count} paragrafo è uguale', other: '{count} paragrafi sono uguali' },
  },
  rights: {
    title: 'I Suoi diritti, legge per legge',
    description:
      'Quale legge Le dà quali diritti su posta e dati personali, e quanto può tardare una risposta.',
    lead: 'Quale legge si applica dipende da dove Lei vive e da chi Le scrive. Floe conta i termini delle leggi che il mittente ha indicato, e quelli del GDPR se non ne ha indicata alcuna.',
    here: 'Con Floe',
    stop: 'Una disiscrizione ha effetto subito, e il suo link non scade da solo.',
    self: 'Vede, rettifica, porta con sé e cancella i Suoi dati da sé: apra la Sua pagina dal link in fondo a un messaggio e scelga «I Suoi dati».',
    optOut: 'La posta cessa entro',
    link: 'Un link di disiscrizione funziona',
    answer: 'Risposta alle richieste entro',
    acknowledge: 'Conferma di ricezione entro',
    extension: 'Proroga nei casi difficili',
    articles: 'Dove sta scritto',
    businessDays: { one: '{count} giorno lavorativo', other: '{count} giorni lavorativi' },
    advice:
      'I termini sono quelli della legge alla data di questa versione. Questa pagina informa e non è una consulenza legale.',
    laws: {
      eu: {
        name: 'Unione europea: GDPR',
        says: 'Può vedere, rettificare, cancellare e portare con sé i Suoi dati, farne limitare l’uso, opporsi in ogni momento alla pubblicità e revocare un consenso con la stessa facilità con cui l’ha dato.',
      },
      uk: {
        name: 'Regno Unito: UK GDPR e PECR',
        says: 'I diritti sono quelli del GDPR. La pubblicità via e-mail richiede il Suo consenso, o che Lei sia cliente e abbia potuto rifiutare.',
      },
      us_ca: {
        name: 'California: CCPA',
        says: 'Può conoscere, correggere ed eliminare ciò che La riguarda e opporsi alla vendita e alla condivisione. Global Privacy Control vale come opposizione.',
      },
      us_canspam: {
        name: 'Stati Uniti: CAN-SPAM',
        says: 'Ogni messaggio pubblicitario deve offrire una disiscrizione che non costi nulla e non richieda più di una risposta o di una sola pagina.',
      },
      ca_casl: {
        name: 'Canada: CASL',
        says: 'La posta commerciale richiede il Suo consenso, espresso o implicito, e deve indicare il mittente e offrire una disiscrizione.',
      },
      ca_pipeda: {
        name: 'Canada: PIPEDA',
        says: 'Può vedere ciò che La riguarda e farlo correggere.',
      },
      br: {
        name: 'Brasile: LGPD',
        says: 'Può sapere che cosa La riguarda, vederlo, correggerlo, portarlo con sé ed eliminarlo, e revocare un consenso.',
      },
      au: {
        name: 'Australia: Spam Act',
        says: 'La posta commerciale richiede il Suo consenso, deve indicare il mittente e offrire una disiscrizione senza costi né accesso.',
      },
    },
  },
  accessibility: {
    title: 'Accessibilità',
    description:
      'Quanto sono accessibili queste pagine, come lo si verifica e che cosa fare se qualcosa non funziona.',
    lead: 'Tutti devono poter dire ciò che vogliono ed essere capiti. Queste pagine sono fatte per soddisfare le WCAG 2.2, livello AA. È una nostra valutazione; nessuno da fuori l’ha certificata.',
    how: 'Come lo si verifica',
    tests: {
      machine: 'Un programma (axe) cerca difetti in ogni pagina, in ogni lingua, chiara e scura.',
      keyboard: 'Ogni scelta è fatta in un vero browser con la sola tastiera, e di nuovo senza JavaScript.',
      screen:
        'Le pagine sono guardate da 320 pixel in su, con testo grande il doppio, da destra a sinistra, con colori forzati e su carta.',
      contrast: 'I colori dei mittenti sono corretti finché ogni testo ha un contrasto di almeno 4,5 a 1.',
    },
    limits: 'Che cosa sappiamo',
    known:
      'Nomi e descrizioni sono scritti dai mittenti; possono essere difficili da leggere o in una lingua diversa da quella della pagina.',
    feedback: 'Se qualcosa non funziona',
    contact: 'Ci scriva. Dica quale pagina era e che cosa voleva fare; non occorre dire chi è.',
  },
  companies: {
    description: 'Le aziende che trattano dati personali per Floe, dove sono e che cosa fanno.',
    lead: 'Queste aziende gestiscono computer per Floe. Ricevono, per contratto, ciò che serve a questo e nient’altro.',
    country: 'Paese',
    does: 'Che cosa fa',
    edge: 'Fornisce queste pagine ed esegue il programma che vi sta dietro',
    database: 'Conserva la base di dati',
    mail: 'Recapita i messaggi, come le conferme',
  },
} satisfies Translated<typeof en>
