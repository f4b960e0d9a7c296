import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  heading: 'Wat {sender} u mag sturen',
  saved: 'Opgeslagen.',
  savedMeans: 'Uw keuze geldt vanaf nu.',
  off: 'Alles staat uit.',
  offMeans:
    '{sender} mag niets van wat hieronder staat naar {address|u} sturen, behalve wat als noodzakelijk is aangegeven.',
  paused: 'Gepauzeerd tot {pausedUntil}.',
  pausedMeans: 'Tot dan komt alleen wat als noodzakelijk is aangegeven.',
  pausedAfter: 'Daarna komt wat hieronder aan staat vanzelf weer.',
  mailFor: 'Dit zijn de e-mails voor {address|u}.',
  untick: 'Haal het vinkje weg bij wat u niet meer wilt en sla het op.',
  topics: 'Onderwerpen',
  save: 'Opslaan',
  break: 'Even pauze?',
  pauseFor: 'Alles pauzeren voor',
  days: { one: '{count} dag', other: '{count} dagen' },
  pause: 'Pauzeren',
  done: 'Klaar met alles?',
  doneMeans: 'Hiermee gaan alle onderwerpen uit, ook die {sender} later toevoegt.',
  stop: 'Alles stoppen',
  back: 'Terugkomen',
  backMeans:
    'Een link in een e-mail kan de e-mails alleen minder maken, zodat niemand die hem in handen krijgt u kan aanmelden. Wilt u iets weer aanzetten, meld u dan opnieuw aan bij {sender} zelf.',
  blockedMeans:
    'Sommige van deze e-mails kunt u niet hier en ook niet door u opnieuw aan te melden weer aanzetten. Wat ze tegenhoudt, en wat u daarvan kunt intrekken, staat bij uw gegevens, via de link onderaan deze pagina.',

  ended: 'Uitgezet: {ended}',
  stale: 'Intussen elders uitgezet en zo gelaten: {stale}',
  nothing: 'Er hoefde niets te veranderen.',
  asked: 'Kijk in uw inbox.',
  askedMeans:
    'Als er een bevestiging kan worden gestuurd, is die onderweg naar {address|u}. Er gaat niets aan voordat u daarin op de knop drukt. Het zijn er hoogstens drie per dag.',
  undone: 'Ongedaan gemaakt.',
  undoneMeans: 'Wat uw laatste stap veranderde, is weer zoals het was.',
  undo: 'Ongedaan maken',
  undoFor: 'U kunt dit een half uur lang terugdraaien.',
  pausedEnds:
    'De pauze eindigt vanzelf op die dag. Alleen ‘Ongedaan maken’, meteen na het pauzeren, beëindigt haar eerder.',
  askMeans:
    'Een link in een e-mail kan de e-mails alleen minder maken. Om iets aan te zetten sturen we u eerst een knop per e-mail, en er wordt niets gestuurd voordat u daarop drukt.',
  gpc: 'Uw browser vraagt dat niets over u wordt verkocht of gedeeld (Global Privacy Control).',
  gpcSoon: 'Dat wordt hier gerespecteerd en vastgelegd bij uw volgende stap.',
  gpcRecord: 'Nu vastleggen',
  gpcRecorded: 'Vastgelegd voor {sender}: niets over u mag worden verkocht of gedeeld.',
  language: 'Taal',
  languageLabel: 'Deze pagina’s en e-mails tonen in het',
  languageSave: 'Wijzigen',
  history: 'Wat eerder is gekozen',
  historyMeans:
    'Waarom u deze e-mails krijgt en wat wanneer en waar is gekozen, wordt pas getoond na een e-mail naar uw eigen adres: deze link kan zijn doorgestuurd.',

  runtime: {
    on: 'Aan',
    leaving: 'Uit zodra u opslaat',
    off: 'Uit',
    pending: 'Niet bevestigd',
    pendingWhy: 'Aangevraagd; wordt pas gestuurd als u het bevestigt via de link in de e-mail daarover.',
    required: 'Noodzakelijk',
    requiredWhy:
      'Wordt alleen gestuurd vanwege iets wat u deed, zoals een bestelling, en kan hier dus niet uit.',
    ask: 'Aanzetten per e-mail',
  },
} satisfies Translated<typeof en>
