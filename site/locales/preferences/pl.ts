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
  whyConfirmed:
    'Dnia {since}\u00a0r. potwierdzono te wiadomości, zamówione na stronie {source} z tym adresem.',
  whyExpress: 'Nadawca {sender} odnotował zgodę na te wiadomości z dnia {since}\u00a0r.',
  whyPurchase: 'Nadawca {sender} odnotował, że od {since}\u00a0r. są Państwo klientem.',
  whyInquiry: 'Nadawca {sender} odnotował Państwa zapytanie z dnia {since}\u00a0r.',
  whySoft: 'Nadawca {sender} odnotował podanie tego adresu przy zakupie dnia {since}\u00a0r.',
  whyContract: 'Nadawca {sender} odnotował, że te wiadomości od {since}\u00a0r. należą do umowy z Państwem.',
  whyInterest:
    'Nadawca {sender} odnotował prawnie uzasadniony interes, by pisać do Państwa od {since}\u00a0r.',
  whyUnknown:
    'Adres został przekazany nadawcy {sender} bez żadnego zapisu na ten temat tutaj. Można zapytać nadawcę, skąd go ma, i zatrzymać wszystko poniżej.',
  askMeans:
    'Link w wiadomości może jedynie ograniczyć wysyłkę. Aby coś włączyć, wysyłamy najpierw przycisk e-mailem i nic nie przychodzi przed jego naciśnięciem.',
  gpc: 'Przeglądarka prosi, aby niczego o Państwu nie sprzedawano ani nie udostępniano (Global Privacy Control).',
  gpcSoon: 'Jest to tu respektowane i zostanie zapisane przy następnym kroku.',
  gpcRecord: 'Zapisz to teraz',
  gpcRecorded:
    'Zapisano {optedOut}\u00a0r. dla nadawcy {sender}: niczego o Państwu nie wolno sprzedawać ani udostępniać.',
  language: 'Język',
  languageLabel: 'Pokazuj te strony i wiadomości w języku',
  languageSave: 'Zmień',
  history: 'Co wybrano wcześniej',

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
    ask: 'Włącz przez e-mail',
    history: {
      off: 'Wyłączono: {topics}',
      allOff: 'Wyłączono wszystko',
      paused: 'Wstrzymano wszystko do {day}\u00a0r.',
      undone: 'Cofnięto ostatni krok',
      asked: 'Poproszono o potwierdzenie: {topics}',
      confirmed: 'Potwierdzono: {topics}',
      refused: 'Odmówiono: {topics}',
      recorded: 'Zgoda odnotowana przez nadawcę {sender} ({topics})',
      ranOut: 'Zgoda wygasła: {topics}',
      blocked: 'Zatrzymano przez samego nadawcę {sender}',
      complained: 'Odnotowano skargę',
      bounced: 'Nie udało się dostarczyć wiadomości',
      unblocked: 'Nadawca {sender} wycofał własne zatrzymanie',
      language: 'Wybrano język: {language}',
      optedOut: 'Sprzeciw wobec sprzedaży i udostępniania',
    },
  },
} satisfies Words
