import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

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
  blockedMeans:
    'Niektórych z tych wiadomości nie można włączyć ani tutaj, ani przez ponowne zapisanie się. Co je wstrzymuje i co z tego mogą Państwo cofnąć, widać na stronie z danymi, pod linkiem na końcu tej strony.',

  ended: 'Wyłączono: {ended}',
  stale: 'W międzyczasie wyłączono gdzie indziej i tak pozostawiono: {stale}',
  nothing: 'Niczego nie trzeba było zmieniać.',
  asked: 'Prosimy zajrzeć do skrzynki odbiorczej.',
  askedMeans:
    'Jeśli można wysłać potwierdzenie, jest w drodze do {address|Państwa}. Nic się nie włączy przed naciśnięciem zawartego w nim przycisku. Wysyłamy najwyżej trzy takie wiadomości dziennie.',
  undone: 'Cofnięto.',
  undoneMeans: 'To, co zmienił ostatni krok, jest znów jak przedtem.',
  undo: 'Cofnij',
  undoFor: 'Można to cofnąć przez pół godziny.',
  pausedEnds: 'Przerwa kończy się sama tego dnia. Wcześniej kończy ją tylko „Cofnij” zaraz po wstrzymaniu.',
  askMeans:
    'Link w wiadomości może jedynie ograniczyć wysyłkę. Aby coś włączyć, wysyłamy najpierw przycisk e-mailem i nic nie przychodzi przed jego naciśnięciem.',
  gpc: 'Przeglądarka prosi, aby niczego o Państwu nie sprzedawano ani nie udostępniano (Global Privacy Control).',
  gpcSoon: 'Jest to tu respektowane i zostanie zapisane przy następnym kroku.',
  gpcRecord: 'Zapisz to teraz',
  gpcRecorded: 'Zapisano dla nadawcy {sender}: niczego o Państwu nie wolno sprzedawać ani udostępniać.',
  language: 'Język',
  languageLabel: 'Pokazuj te strony i wiadomości w języku',
  languageSave: 'Zmień',
  history: 'Co wybrano wcześniej',
  historyMeans:
    'Powód tych wiadomości oraz to, co, kiedy i gdzie wybrano, pokazujemy dopiero po wysłaniu e-maila na Państwa adres: ten link mógł trafić do kogoś innego.',

  runtime: {
    on: 'Włączone',
    leaving: 'Wyłączone po zapisaniu',
    off: 'Wyłączone',
    pending: 'Niepotwierdzone',
    pendingWhy: 'Zgłoszone; przed potwierdzeniem przez link w wiadomości na ten temat nic nie jest wysyłane.',
    required: 'Niezbędne',
    requiredWhy:
      'Wysyłane wyłącznie w związku z czymś, co Państwo zrobili, na przykład z zamówieniem, więc nie można tego tutaj wyłączyć.',
    ask: 'Włącz przez e-mail',
  },
} satisfies Translated<typeof en>
