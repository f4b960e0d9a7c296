import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  title: 'Potwierdzenie wiadomości od nadawcy {sender}',
  heading: 'Czy nadawca {sender} może do Państwa pisać?',
  asked:
    'Ktoś poprosił o wysyłanie tych wiadomości do {address|Państwa}. Nic się nie zmieni bez Państwa zgody na tej stronie.',
  yes: 'Tak, chcę otrzymywać te wiadomości',
  no: 'To nie moje zgłoszenie',
  hint: 'Dopiero naciśnięcie przycisku coś zmienia. Link działa przez 7\u00a0dni.',

  refuseTitle: 'To nie Państwa zgłoszenie? · {sender}',
  notYou: 'To nie Państwa zgłoszenie?',
  notYouMeans:
    'Ktoś poprosił o wysyłanie tych wiadomości do {address|Państwa}. Jeśli to nie Państwa zgłoszenie, prosimy powiedzieć o tym tutaj.',
  refuseMeans:
    '„To nie moje zgłoszenie” zamyka zgłoszenie: nadawca {sender} nie może wysyłać tych wiadomości do {address|Państwa}, a przez 30\u00a0dni nie może też przysłać nowego zapytania. Pozostałe wiadomości się nie zmieniają.',
  refuseKeeps:
    '„To nie moje zgłoszenie” zamyka zgłoszenie: nadawca {sender} nie może wysyłać tych wiadomości do {address|Państwa}, poza wcześniej potwierdzonymi, a przez 30\u00a0dni nie może też przysłać nowego zapytania. Pozostałe wiadomości się nie zmieniają.',
  itWasMe: 'To moje zgłoszenie: zobacz, co będzie przychodzić',

  agree: 'Na co byłaby to zgoda',
  agreeMeans:
    'Nadawca {sender} ({company}) wysyłałby to Państwu e-mailem, zgodnie ze swoją informacją o prywatności. Zgodę można wycofać w każdej chwili, jednym kliknięciem w każdej wiadomości.',
  notice: 'Przeczytaj informację ({notice}, wersja {version})',

  confirmedTitle: 'Potwierdzono · {sender}',
  confirmed: 'Subskrypcja potwierdzona',
  confirmedMeans: 'Nadawca {sender} może teraz wysyłać te wiadomości do {address|Państwa}.',
  before: 'Potwierdzenie jest już zapisane',
  beforeMeans:
    'Nadawca {sender} może wysyłać te wiadomości do {address|Państwa}. Nic więcej nie trzeba robić.',
  withheld: 'Odpowiedź została zapisana',
  withheldMeans:
    'Nadawca {sender} nadal nie może wysyłać tych wiadomości do {address|Państwa}: coś innego je wstrzymuje.',
  back: 'Powrót do strony {backHost}',
  mistake: 'To pomyłka?',
  takeBack: 'Wycofaj zgodę',
  yours: 'Do zachowania',
  receiptMeans:
    'Podpisane pokwitowanie mówi, na co wyrażono zgodę, kiedy i co zostało pokazane. Nie zawiera żadnego adresu.',
  receiptHere: 'Można je tu pobrać przez pół godziny, a później ze strony z Państwa danymi.',
  receipt: 'Pobierz pokwitowanie',
  choose: 'Wybierz, co ma przychodzić',

  offTitle: 'Bez subskrypcji · {sender}',
  refused: 'Nie ma subskrypcji',
  refusedMeans:
    'Zgłoszenie zostało zamknięte. Nadawca {sender} nie może wysyłać tych wiadomości do {address|Państwa}, a przez 30\u00a0dni nie może też przysłać nowego zapytania.',
  ended: 'Subskrypcja zakończona',
  endedMeans: 'Nadawca {sender} nie wysyła już tych wiadomości do {address|Państwa}.',
  lateTitle: 'Za późno · {sender}',
  late: 'Ten link stracił ważność',
  lateMeans:
    'Link działał przez 7\u00a0dni. Nic się nie zmieniło: nadawca {sender} nie może wysyłać tych wiadomości do {address|Państwa}.',
  lateStays: 'Link działał przez 7\u00a0dni. Nic się nie zmieniło.',
  sentTitle: 'Prosimy zajrzeć do skrzynki odbiorczej · {sender}',
  sent: 'Prosimy zajrzeć do skrzynki odbiorczej',
  sentMeans:
    'Jeśli można wysłać potwierdzenie, jest w drodze do {address|Państwa}. Nic się nie włączy przed naciśnięciem zawartego w nim przycisku. Wysyłamy najwyżej trzy takie wiadomości dziennie.',
  afterAll: 'Czy te wiadomości mają jednak przychodzić?',
  afterAllMeans:
    'Wyślemy nowy link na ten sam adres. Nic innego się nie zmieni, dopóki nie nastąpi tam potwierdzenie.',
  again: 'Wyślij nowe potwierdzenie',
} satisfies Translated<typeof en>
