import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  title: 'Rezygnacja z „{topic}” · {sender}',
  heading: 'Zrezygnować z „{topic}”?',
  sends: 'Nadawca {sender} nie będzie już mógł wysyłać tego do {address|Państwa}.',
  leave: 'Rezygnuję',
  stopAll: 'Wypisz ze wszystkich wiadomości od nadawcy {sender}',
  already: 'Rezygnacja już obowiązuje',
  alreadyTopic: 'Nadawca {sender} nie wysyła już „{topic}” do {address|Państwa}.',
  alreadyAll:
    'Od nadawcy {sender} nie są wysyłane do {address|Państwa} żadne nowości ani oferty. Nic więcej nie trzeba robić.',
  instead: 'Zamiast tego wybierz, co przychodzi',
  hint: 'Dopiero naciśnięcie przycisku coś zmienia.',
  seeOff: 'Zobacz, co jest wyłączone',

  owedTitle: '{topic} · {sender}',
  owed: '„{topic}” nie można tutaj wyłączyć',
  owedMeans:
    'Nadawca {sender} wysyła te wiadomości do {address|Państwa} w związku z czymś, co Państwo zrobili, na przykład z zamówieniem. Będą nadal przychodzić, bez względu na wybór na tej stronie.',
  owedAsk:
    'Jeśli ich Państwo nie chcą, proszę zwrócić się do nadawcy ({sender}): odpowiedzieć na jedną z tych wiadomości lub do niego napisać.',
  owedNoted: 'Państwa wybór jest zapisany.',
  keptMeans: 'Obowiązuje to od teraz. W tej chwili nie możemy pokazać nic więcej.',

  doneTitle: 'Zrezygnowano · {sender}',
  done: 'Rezygnacja przyjęta',
  doneTopic: 'Nadawca {sender} nie będzie już wysyłać „{topic}” do {address|Państwa}.',
  doneAll: 'Wypisano ze wszystkiego',
  doneAllMeans: 'Nadawca {sender} nie będzie już wysyłać do {address|Państwa} żadnych nowości ani ofert.',
  before: 'Rezygnacja już wcześniej obowiązywała',
  beforeTopic:
    'Nadawca {sender} nie wysyła już „{topic}” do {address|Państwa}. Niczego nie trzeba było zmieniać.',
  beforeAll:
    'Od nadawcy {sender} nie są wysyłane do {address|Państwa} żadne nowości ani oferty. Niczego nie trzeba było zmieniać.',
  effective: 'To działa od teraz. Wiadomość, która była już w drodze, może jeszcze dotrzeć.',
  needed: 'Rezygnacja nie zatrzymuje wiadomości o zamówieniach ani o koncie.',
  mistake: 'To pomyłka?',
  undo: 'Cofnij',
  still: 'Wybierz, co ma nadal przychodzić',

  undoneTitle: 'Cofnięto · {sender}',
  undone: 'Cofnięto',
  undoneTopic:
    '{topic} od nadawcy {sender} do {address|Państwa}: wszystko jest tak, jakby przycisk nie został naciśnięty.',
  undoneAll:
    'Nadawca {sender} może pisać do {address|Państwa} jak dotąd. To, co wyłączono wcześniej, pozostaje wyłączone.',
  undoneStays:
    'Ostatni krok został cofnięty. Wiadomości od nadawcy {sender} do {address|Państwa} pozostają jednak wyłączone z powodu decyzji podjętej kiedy indziej przez Państwa lub nadawcę.',
  changedMind: 'Jednak inaczej?',
  again: 'Zrezygnuj ponownie',
} satisfies Translated<typeof en>
