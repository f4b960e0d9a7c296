import type { Words } from '../preferences.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  heading: 'Co może Państwu wysyłać nadawca {sender}',
  saved: 'Zapisano.',
  savedMeans: 'Ten wybór obowiązuje od teraz.',
  off: 'Wszystko jest wyłączone.',
  offMeans:
    'Nadawca {sender} nie może wysyłać do {address|Państwa} żadnej z poniższych wiadomości, poza oznaczonymi jako niezbędne.',
  paused: 'Wstrzymano do {pausedUntil}\u00a0r.',
  pausedMeans: 'Do tego czasu przychodzi tylko to, co oznaczono jako niezbędne.',
  pausedAfter: 'Potem to, co poniżej jest włączone, znów zacznie samo przychodzić.',
  mailFor: 'Oto wiadomości do {address|Państwa}.',
  untick: 'Prosimy odznaczyć to, co ma już nie przychodzić, i zapisać.',
  topics: 'Tematy',
  save: 'Zapisz',
  break: 'Potrzebna przerwa?',
  pauseFor: 'Wstrzymaj wszystko na',
  days: { one: '{count} dzień', few: '{count} dni', many: '{count} dni', other: '{count} dnia' },
  pause: 'Wstrzymaj',
  done: 'Dosyć wszystkiego?',
  doneMeans: 'To wyłącza wszystkie tematy, także te, które nadawca {sender} doda później.',
  stop: 'Zatrzymaj wszystko',
  back: 'Powrót',
  backMeans:
    'Link w wiadomości może jedynie ograniczyć wysyłkę, aby nikt, kto go zdobędzie, nie mógł Państwa zapisać. Aby coś znów włączyć, trzeba ponownie zapisać się u nadawcy {sender} na jego stronie.',

  told: {
    on: 'Włączone',
    leaving: 'Wyłączone po zapisaniu',
    offSince: 'Wyłączone od {day}\u00a0r.',
    never: 'Bez subskrypcji',
    pending: 'Niepotwierdzone',
    pendingWhy: 'Zgłoszone; przed potwierdzeniem przez link w wiadomości na ten temat nic nie jest wysyłane.',
    required: 'Niezbędne',
    requiredWhy:
      'Wysyłane wyłącznie w związku z czymś, co Państwo zrobili, na przykład z zamówieniem, więc nie można tego tutaj wyłączyć.',
  },
} satisfies Words
