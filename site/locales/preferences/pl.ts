import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  heading: 'Ustawienia wiadomości e-mail',
  choose: 'Prosimy wybrać, które wiadomości od nadawcy {sender} mają przychodzić na {address|Państwa adres}.',
  mailFor: 'Oto wiadomości od nadawcy {sender} do {address|Państwa}.',
  saved: 'Zapisano',
  ended: 'Nie będą już przychodzić: {ended}',
  stopped: 'Wypisano Państwa ze wszystkich wiadomości. Nadawca: {sender}',
  spoken: 'Zmieniono język.',
  stale: 'Było już wyłączone: {stale}',
  nothing: 'Nie było niczego do zmiany.',
  asked: 'Prosimy sprawdzić skrzynkę odbiorczą',
  askedMeans:
    'Jeśli możemy wysłać potwierdzenie, jest w drodze do {address|Państwa}. Nic się nie włączy przed potwierdzeniem. Wysyłamy najwyżej trzy takie wiadomości dziennie.',
  undone: 'Cofnięto',
  undoneMeans: 'To, co zmienił ostatni krok, jest znów jak przedtem.',
  undo: 'Cofnij',
  refused: 'Pozostałych zmian nie wprowadzono. Prosimy spróbować później.',
  off: 'Wszystkie poniższe wiadomości od nadawcy {sender} są wyłączone.',
  stillRequired: 'Wiadomości oznaczone jako obowiązkowe mogą nadal przychodzić.',
  paused: 'Wstrzymano do {pausedUntil}\u00a0r.',
  pausedMeans: 'Do tego czasu przychodzi tylko to, co oznaczono jako obowiązkowe.',
  pausedAfter: 'Potem wiadomości zaznaczone poniżej znów zaczną przychodzić.',
  topics: 'Wiadomości',
  save: 'Zapisz zmiany',
  stop: 'Wypisz ze wszystkich',
  stopMeans: 'Dotyczy to także wiadomości, które nadawca {sender} doda później.',
  pause: 'Wstrzymaj wiadomości',
  pauseLonger: 'Wstrzymaj na dłużej',
  days: { one: '{count} dzień', few: '{count} dni', many: '{count} dni', other: '{count} dnia' },
  askMeans:
    'Aby włączyć wiadomości, najpierw wysyłamy link do potwierdzenia. Nic się nie włączy przed potwierdzeniem.',
  back: 'Ponowny zapis',
  backMeans:
    'Link w wiadomości pozwala jedynie wypisać, aby nikt, kto go zdobędzie, nie mógł Państwa zapisać. Aby znów coś otrzymywać, trzeba ponownie zapisać się u nadawcy {sender} na jego stronie.',
  blockedMeans:
    'Niektórych z tych wiadomości nie można włączyć ani tutaj, ani przez ponowne zapisanie się. Co je wstrzymuje i co z tego mogą Państwo cofnąć, widać na stronie z danymi, pod linkiem na końcu tej strony.',
  gpc: 'Przeglądarka prosi, aby Państwa danych nie sprzedawano ani nie udostępniano (Global Privacy Control).',
  gpcSoon: 'Jest to tu respektowane i zostanie zapisane przy następnym kroku.',
  gpcRecord: 'Zapisz to teraz',
  gpcRecorded: 'Zapisano dla nadawcy {sender}: Państwa danych nie wolno sprzedawać ani udostępniać.',
  language: 'Język',
  why: 'Dlaczego otrzymuję te wiadomości?',
  whyMeans:
    'Ten link mógł trafić do kogoś innego. Dlatego powód oraz to, co, kiedy i gdzie wybrano, pokazujemy dopiero po wysłaniu e-maila na Państwa adres.',

  runtime: {
    leaving: 'Zostanie wyłączone',
    off: 'Wyłączone',
    pending: 'Niepotwierdzone',
    pendingWhy: 'Zgłoszone; przed potwierdzeniem przez link w wiadomości na ten temat nic nie jest wysyłane.',
    required: 'Obowiązkowe',
    requiredWhy:
      'Wysyłane w związku z czymś, co Państwo zrobili, na przykład z zamówieniem, więc nie można tego tutaj wyłączyć.',
    ask: 'Włącz',
  },
} satisfies Translated<typeof en>
