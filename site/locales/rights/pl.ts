import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca” or „firma”, which is declined in its place. */
export default {
  toData: 'Zobaczyć, sprostować lub usunąć swoje dane',
  askTitle: 'Państwa dane · {sender}',
  ask: 'Państwa dane u nadawcy {sender}',
  askMeans:
    'Można zobaczyć wszystko, co jest o Państwu przechowywane, zabrać to ze sobą, sprostować, ograniczyć wykorzystanie lub usunąć. Link, który tu prowadzi, mógł zostać przekazany dalej, dlatego najpierw wysyłamy wiadomość na Państwa adres. Link w tej wiadomości otwiera dane jeden raz, na 15 minut.',
  yourAddress: 'Państwa adres e-mail',
  noAddress: 'To nie jest adres e-mail. Prosimy go sprawdzić.',
  send: 'Proszę o link',
  look: 'Prosimy zajrzeć do poczty',
  lookMeans:
    'Jeśli ta strona należy do tego adresu, wiadomość z linkiem jest w drodze. Jeśli nie przyjdzie w ciągu kilku minut, prosimy zajrzeć do spamu i sprawdzić pisownię. Dziennie są najwyżej trzy.',
  noMail: 'Stąd nie można wysłać wiadomości',
  noMailMeans:
    'Nadawca {sender} powinien wysłać ten link, a stąd nie może. Prosimy odpowiedzieć na dowolną jego wiadomość i zapytać o swoje dane: prawa są tam te same, z tymi samymi terminami.',
  toPreferences: 'Powrót do tego, co przychodzi',

  accessTitle: 'Dostęp do Państwa danych · {sender}',
  access: 'Otworzyć Państwa dane?',
  accessMeans:
    'Widać będzie wszystko, co nadawca {sender} ({company}) tu o Państwu przechowuje, i będzie można to zmienić lub usunąć. Link działa jeden raz, a to, co otwiera, zamyka się po 15 minutach.',
  open: 'Otwórz moje dane',
  accessHint: 'Nic nie zostanie pokazane przed naciśnięciem przycisku.',

  used: 'Ten link został już użyty',
  usedMeans:
    'Działa jeden raz, aby nikt, kto później trafi na wiadomość, nie mógł otworzyć Państwa danych. Teraz nic się nie zmieniło. Jeśli to nie Państwo go użyli, prosimy poprosić o nowy i sprawdzić, co się stało.',
  ran: 'Ten link wygasł',
  ranMeans: 'Działa krótko po wysłaniu swojej wiadomości. Teraz nic się nie zmieniło.',
  over: 'Ta strona została zamknięta',
  overMeans:
    'Jest otwarta przez 15 minut albo do czasu usunięcia lub przeniesienia Państwa danych. Teraz nic się nie zmieniło.',
  howNew:
    'Aby otrzymać nowy link, prosimy z końca dowolnej wiadomości nadawcy otworzyć stronę wyboru wiadomości i przejść tam do swoich danych.',

  title: 'Państwa dane · {sender}',
  heading: 'Co jest o Państwu przechowywane',
  means:
    'To wszystko, co nadawca {sender} ({company}) tu o Państwu przechowuje. Strona zamyka się po 15 minutach i nic z niej nie pozostaje w tej przeglądarce.',
  done: 'Gotowe.',
  didRestrict: 'Nikt z firmy {company} nie może teraz wykorzystywać Państwa danych.',
  didObject: 'Państwa dane nie służą już do wysyłania Państwu reklam.',
  didLift: 'To zostało cofnięte.',
  didLanguage: 'Odtąd piszemy do Państwa w tym języku.',
  didRequest: 'Prośba trafiła do nadawcy {sender}, a odpowiedź należy się do {due}.',
  didCorrect:
    'Jeśli nowy adres można zapytać, wiadomość jest do niego w drodze. Nic nie zostanie przeniesione przed jego zgodą.',

  address: 'Państwa adres',
  addressKept: 'Jest przechowywany w postaci zaszyfrowanej, aby można było do Państwa pisać.',
  addressNot: 'Nie jest tu przechowywany: tylko nieczytelna postać, która pozwala go rozpoznać.',
  topics: 'Państwa subskrypcje',
  whyUnknown:
    'Nic tu nie mówi, skąd {sender} ma ten adres. Można zapytać o to nadawcę i poniżej sprzeciwić się reklamom.',
  stops: 'Co zatrzymuje wiadomości do Państwa',
  optedOut:
    'Zapisano {optedOut}\u00a0r. dla nadawcy {sender}: niczego o Państwu nie wolno sprzedawać ani udostępniać.',
  requests: 'Państwa prośby',
  history: 'Co się działo, od najnowszego',
  historyShow: 'Pokaż, co się działo',
  historyOlder: 'Pokaż starsze wpisy',
  historyNewest: 'Wróć do najnowszych',
  andMore: 'Jest ich więcej. Kopia poniżej zawiera wszystkie.',
  nothing: 'Nic.',

  take: 'Zabrać ze sobą',
  takeMeans:
    'Wszystko, także to, co nie mieści się na tej stronie, do zachowania lub przekazania komuś innemu.',
  takeJson: 'Dla programów (JSON)',
  takePage: 'Do czytania (HTML)',

  correct: 'Sprostować adres',
  correctMeans:
    'Najpierw pytamy nowy adres. Gdy się zgodzi, wszystko tam przejdzie, także to, co zatrzymuje wiadomości, a poprzedni zostanie zapomniany.',
  newAddress: 'Nowy adres e-mail',
  badAddress: 'To nie jest inny adres e-mail. Prosimy go sprawdzić.',
  correctSend: 'Zapytaj nowy adres',
  language: 'Język',
  languageMeans: 'W którym do Państwa piszemy',
  languageSet: 'Używaj tego języka',

  restrict: 'Ograniczyć wykorzystanie danych',
  restrictMeans:
    'Nikt z firmy {company} nie może wtedy nic Państwu wysłać, nawet potwierdzenia zakupu, dopóki nie zostanie to tutaj cofnięte. Dane są tylko przechowywane.',
  restrictSet: 'Ogranicz',
  restricted: 'Wykorzystanie jest ograniczone: nikt z firmy {company} nie może nic Państwu wysłać.',
  restrictLift: 'Cofnij ograniczenie',
  object: 'Sprzeciw wobec reklam',
  objectMeans:
    'Państwa dane nie służą wtedy do wysyłania reklam. Potwierdzenia i podobne wiadomości nadal przychodzą.',
  objectSender: 'Sprzeciw wobec nadawcy {sender}',
  objectCompany: 'Sprzeciw wobec całej firmy {company}',
  objected: 'Sprzeciw został wniesiony i obowiązuje.',
  objectLift: 'Cofnij sprzeciw',
  refusing:
    'Nadawca {sender} nie może potem przez 30\u00a0dni przysłać nowego zapytania, bez względu na to, kto poda ten adres.',
  refusingLift: 'Zezwól nadawcy {sender} na ponowne zapytanie',
  complaining:
    'Nadawca {sender} nie może nic Państwu wysłać, nawet potwierdzenia zakupu, dopóki skarga nie zostanie wycofana. Niektóre programy pocztowe zgłaszają skargę, gdy wiadomość trafia do spamu.',
  complaintLift: 'Wycofaj skargę',

  more: 'Poprosić nadawcę {sender} o więcej',
  moreMeans:
    'Nie wiemy, co nadawca {sender} przechowuje gdzie indziej. Prośba trafi tam z Państwa adresem, a odpowiedź należy się do {due}.',
  what: 'O co chodzi',
  wantAccess: 'Proszę powiedzieć, co jeszcze jest o mnie przechowywane',
  wantCorrection: 'Coś się nie zgadza lub czegoś brakuje',
  wantErasure: 'Proszę usunąć to, co jest przechowywane gdzie indziej',
  message: 'Czego to dotyczy',
  badMessage:
    'Prosimy napisać, czego to dotyczy, najwyżej 2000 znaków. Jednocześnie może czekać najwyżej 10 próśb.',
  moreSend: 'Wyślij prośbę',

  erase: 'Usunąć wszystko',
  eraseMeans:
    'Następna strona mówi, co zniknie i co zostanie. Nic się nie stanie przed naciśnięciem przycisku na niej.',
  eraseNext: 'Przejdź do usuwania',

  eraseTitle: 'Usunięcie danych · {sender}',
  eraseHeading: 'Usunąć Państwa dane?',
  goes: 'To zniknie na zawsze',
  goesAddress: 'Państwa adres.',
  goesEvidence:
    'Klucz do wszystkiego, co pokazuje, jak wyrażono zgodę, jak adresy internetowe, przeglądarki i to, co zostało napisane: nikt już tego nie odczyta.',
  goesChoices: 'Państwa subskrypcje, otwarte zgłoszenia, język i prośby.',
  stays: 'To zostanie',
  staysStop:
    'Że nikt z firmy {company} nie może do Państwa pisać, dzięki nieczytelnej postaci adresu, która nikogo nie nazywa.',
  staysLedger: 'Że to wszystko się wydarzyło i kiedy, bez Państwa adresu i bez tego, co to pokazywało.',
  elsewhere:
    'Poprosić też nadawcę {sender} o usunięcie do {due} tego, co przechowuje gdzie indziej. Otrzyma w tym celu Państwa adres, który do tego czasu pozostanie tu zaszyfrowany.',
  noUndo: 'Tego nie można cofnąć.',
  eraseNow: 'Usuń teraz wszystko',
  goBack: 'Wróć i zachowaj',

  erasedTitle: 'Usunięto · {sender}',
  erased: 'Państwa dane zostały usunięte',
  erasedMeans:
    'Adres, klucz do tego, co pokazywało zgodę, i Państwa wybory zniknęły. Co zostaje: nikt z firmy {company} nie może do Państwa pisać, i to, że tak się stało, bez nazwiska.',
  copiesBy:
    'W dziennikach i kopiach zapasowych przez pewien czas pozostają zaszyfrowane kopie. Do dnia {gone} klucze do nich zostaną zniszczone, a dane będą nieczytelne we wszystkich kopiach.',
  copiesOpen:
    'W dziennikach i kopiach zapasowych zaszyfrowane kopie pozostają dłużej. Nie ustalono dnia, od którego będą nieczytelne.',
  erasedElsewhere:
    'Nadawca {sender} został poproszony o usunięcie do {due} tego, co przechowuje gdzie indziej.',
  erasedBack:
    'Jeśli kiedyś te wiadomości znów będą potrzebne, wystarczy nowe zgłoszenie. Zaczyna się ono od zera.',

  moveTitle: 'Nowy adres · {sender}',
  move: 'Czy nadawca {sender} ma używać tego adresu dla Państwa?',
  moveMeans:
    'Ktoś, kto dostawał wiadomości od nadawcy {sender} na inny adres, chce dostawać je tutaj. Po potwierdzeniu przyjdzie tu:',
  moveNone: 'Ktoś, kto miał do czynienia z nadawcą {sender} pod innym adresem, chce być znany pod tym.',
  moveStops: 'Co tam było zatrzymane, pozostaje zatrzymane, także tutaj.',
  moveYes: 'Tak, to mój adres',
  moveNo: 'To nie moja prośba',
  moveHint: 'Nic się nie zmieni przed naciśnięciem przycisku. Link działa przez 7\u00a0dni.',
  movedTitle: 'Sprostowano · {sender}',
  moved: 'Państwa adres został sprostowany',
  movedMeans:
    'Wszystko zostało tu przeniesione, a poprzedni adres zapomniany. Nadawca {sender} został poproszony o sprostowanie go także gdzie indziej.',
  stayed: 'Nic się nie zmieniło',
  stayedMeans: 'Ten adres pozostaje poza sprawą i zostanie zapomniany.',
  late: 'Na to jest za późno',
  lateMeans: 'Link wygasł lub zastąpił go inny. Teraz nic się nie zmieniło.',

  runtime: {
    confirmed: 'Subskrybowane',
    pending: 'Jeszcze niepotwierdzone',
    ended: 'Zakończone',
    expired: 'Wygasłe',
    since: 'od {day}',
    until: 'do {day}',
    whyConfirmed:
      'Dnia {since}\u00a0r. potwierdzono te wiadomości, zamówione na stronie {source} z tym adresem.',
    whyExpress: 'Nadawca {sender} odnotował zgodę na te wiadomości z dnia {since}\u00a0r.',
    whyPurchase: 'Nadawca {sender} odnotował, że od {since}\u00a0r. są Państwo klientem.',
    whyInquiry: 'Nadawca {sender} odnotował Państwa zapytanie z dnia {since}\u00a0r.',
    whySoft: 'Nadawca {sender} odnotował podanie tego adresu przy zakupie dnia {since}\u00a0r.',
    whyContract:
      'Nadawca {sender} odnotował, że te wiadomości od {since}\u00a0r. należą do umowy z Państwem.',
    whyInterest:
      'Nadawca {sender} odnotował prawnie uzasadniony interes, by pisać do Państwa od {since}\u00a0r.',

    legal: 'Prawo',
    complained: 'Zgłoszono skargę na wiadomość',
    perhapsComplained: 'Ktoś złożył skargę na wiadomość, być może Ty',
    bounced: 'Wiadomość do Państwa wróciła',
    objected: 'Wniesiono sprzeciw',
    unsubscribed: 'Zrezygnowano z wiadomości',
    imported: 'Przejęte z wcześniejszych czasów',
    manual: 'Wpisane przez nadawcę',
    paused: 'Zrobiono przerwę',
    restricted: 'Ograniczono wykorzystanie Państwa danych',
    everywhere: 'wszyscy',

    access: 'Zobaczyć dane',
    rectification: 'Sprostować dane',
    erasure: 'Usunąć dane',
    restriction: 'Ograniczyć ich wykorzystanie',
    portability: 'Zabrać dane ze sobą',
    objection: 'Sprzeciw wobec ich wykorzystania',
    due: 'Odpowiedź należy się do {day}',
    overdue: 'Odpowiedź należała się do {day}',
    fulfilled: 'Wykonano {day}',
    partlyFulfilled: 'Wykonano częściowo {day}',
    refused: 'Odmówiono {day}',
    notIdentified: 'Zamknięto {day}: nie udało się Państwa rozpoznać',
    moot: 'Zamknięto {day}',

    stopped: 'Zatrzymano wiadomości',
    lifted: 'Cofnięto zatrzymanie',
    asked: 'Poproszono Państwa o potwierdzenie',
    agreed: 'Wyrażono zgodę',
    granted: 'Nadawca zapisał Państwa zgodę',
    declined: 'Powiedziano, że to nie Państwa prośba',
    withdrew: 'Wycofano zgodę',
    restored: 'Zgoda znów obowiązywała',
    ranOut: 'Zgoda lub prośba wygasła',
    mailed: 'Wysłano Państwu wiadomość z linkiem',
    undeliverable: 'Nie udało się wysłać wiadomości z linkiem',
    wanted: 'Poproszono o coś w sprawie danych',
    opened: 'Otwarto Państwa dane',
    took: 'Zabrano dane ze sobą',
    corrected: 'Sprostowano Państwa adres',
    answered: 'Nadawca odpowiedział na prośbę',
    missed: 'Termin minął bez odpowiedzi',
    chose: 'Dokonano wyboru',
    optedOut: 'Sprzeciw wobec sprzedaży i udostępniania',

    ip: 'Adres internetowy',
    userAgent: 'Przeglądarka',
    page: 'Strona',
    form: 'Formularz',
    wording: 'Na co wyrażono zgodę',
    written: 'Co zostało napisane',
    proof: 'Co jeszcze to pokazuje',
    gone: 'Tego, co to pokazywało, nie można już odczytać.',
  },
} satisfies Translated<typeof en>
