import type { Words } from '../preferences.ts'

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

  told: {
    on: 'Aan',
    leaving: 'Uit zodra u opslaat',
    offSince: 'Uit sinds {day}',
    never: 'Niet aangemeld',
    pending: 'Niet bevestigd',
    pendingWhy: 'Aangevraagd; wordt pas gestuurd als u het bevestigt via de link in de e-mail daarover.',
    required: 'Noodzakelijk',
    requiredWhy:
      'Wordt alleen gestuurd vanwege iets wat u deed, zoals een bestelling, en kan hier dus niet uit.',
  },
} satisfies Words
