import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  heading: 'E-mailvoorkeuren',
  choose: 'Kies welke e-mails van {sender} u wilt ontvangen op {address|uw adres}.',
  mailFor: 'Dit zijn de e-mails van {sender} voor {address|u}.',
  saved: 'Opgeslagen',
  ended: 'U krijgt niet meer: {ended}',
  stopped: 'U bent nu voor alle e-mails van {sender} afgemeld.',
  spoken: 'De taal is gewijzigd.',
  stale: 'Stond al uit: {stale}',
  nothing: 'Er viel niets te wijzigen.',
  asked: 'Kijk in uw inbox',
  askedMeans:
    'Als we een bevestiging kunnen sturen, is die onderweg naar {address|u}. Er gaat niets aan voordat u bevestigt. We sturen hoogstens drie van deze e-mails per dag.',
  undone: 'Ongedaan gemaakt',
  undoneMeans: 'Wat uw laatste stap veranderde, is weer zoals het was.',
  undo: 'Ongedaan maken',
  refused: 'De rest is niet gewijzigd. Probeer het later nog eens.',
  off: 'Alle e-mails van {sender} hieronder staan uit.',
  stillRequired: 'Wat als verplicht is aangegeven, kan nog komen.',
  paused: 'Gepauzeerd tot {pausedUntil}.',
  pausedMeans: 'Tot dan komt alleen wat als verplicht is aangegeven.',
  pausedAfter: 'Daarna komen de hieronder aangevinkte e-mails weer.',
  topics: 'E-mails',
  save: 'Wijzigingen opslaan',
  stop: 'Voor alles afmelden',
  stopMeans: 'Dit geldt ook voor e-mails die {sender} later toevoegt.',
  pause: 'E-mails pauzeren',
  pauseLonger: 'Langer pauzeren',
  days: { one: '{count} dag', other: '{count} dagen' },
  askMeans:
    'Om een e-mail aan te zetten sturen we u eerst een link om te bevestigen. Er gaat niets aan voordat u bevestigt.',
  back: 'Opnieuw aanmelden',
  backMeans:
    'Met een link in een e-mail kunt u alleen afmelden, zodat niemand die hem in handen krijgt u kan aanmelden. Wilt u iets weer ontvangen, meld u dan opnieuw aan bij {sender} zelf.',
  blockedMeans:
    'Sommige van deze e-mails kunt u niet hier en ook niet door u opnieuw aan te melden weer aanzetten. Wat ze tegenhoudt, en wat u daarvan kunt intrekken, staat bij uw gegevens, via de link onderaan deze pagina.',
  gpc: 'Uw browser vraagt dat uw gegevens niet worden verkocht of gedeeld (Global Privacy Control).',
  gpcSoon: 'Dat wordt hier gerespecteerd en vastgelegd bij uw volgende stap.',
  gpcRecord: 'Nu vastleggen',
  gpcRecorded: 'Vastgelegd voor {sender}: uw gegevens mogen niet worden verkocht of gedeeld.',
  language: 'Taal',
  why: 'Waarom krijg ik deze e-mails?',
  whyMeans:
    'Deze link kan zijn doorgestuurd. De reden, en wat wanneer en waar is gekozen, wordt daarom pas getoond na een e-mail naar uw eigen adres.',

  runtime: {
    leaving: 'Wordt uitgezet',
    off: 'Uit',
    pending: 'Niet bevestigd',
    pendingWhy: 'Aangevraagd; wordt pas gestuurd als u het bevestigt via de link in de e-mail daarover.',
    required: 'Verplicht',
    requiredWhy: 'Wordt gestuurd vanwege iets wat u deed, zoals een bestelling, en kan hier dus niet uit.',
    ask: 'Aanzetten',
  },
} satisfies Translated<typeof en>
