import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, impersonal or with Państwo. */
export default {
  about: 'O Floe',
  language: 'Język',
  names: {
    privacy: 'Prywatność',
    changes: 'Co się zmieniło',
    rights: 'Państwa prawa',
    accessibility: 'Dostępność',
    companies: 'Firmy, z którymi współpracujemy',
  },
  front: {
    title: 'Państwa słowo w sprawie poczty, dotrzymane',
    description: 'Po rezygnacji nadawca, który zapyta Floe przed następną wiadomością, usłyszy „nie”.',
    lead: 'Firmy, które do Państwa piszą, używają Floe, aby pamiętać, czego Państwo od nich chcą, a czego nie.',
    effect:
      'Rezygnacja działa od razu: nadawca, który zapyta Floe przed następną wiadomością, usłyszy „nie”. Nie trzeba konta ani hasła.',
    nothing:
      'Na tej stronie nie ma nic do zrobienia. Własną stronę otwierają linki na końcu otrzymywanych wiadomości.',
    documentation: 'Dla firm, które wysyłają wiadomości: dokumentacja, po angielsku',
  },
  notice: {
    title: 'Informacja o prywatności',
    description: 'Co Floe przetwarza, dlaczego, jak długo i co można z tym zrobić.',
    standing: 'Wersja {version}, obowiązuje od: {date}',
    old: 'To wcześniejsza wersja. Pozostaje tutaj, ponieważ odwołują się do niej zgody.',
    current: 'Przeczytaj aktualną wersję',
    translation: 'To tłumaczenie. Wiążący jest tekst angielski.',
    untranslated: 'Tę wersję opublikowano tylko po angielsku.',
    english: 'Przeczytaj tekst angielski',
    versions: 'Wszystkie wersje',
    version: 'Wersja {version}',
    file: 'Tekst jako plik',
    digest: 'Jego skrót SHA-256, przez który odwołują się do niego zgody',
  },
  changes: {
    title: 'Co się zmieniło',
    description: 'Co zmieniło się między wersjami informacji o prywatności, słowami i wiersz po wierszu.',
    lead: 'Każda wersja informacji o prywatności pozostaje taka, jaką opublikowano. Oto co zmieniło się z jednej na drugą.',
    between: 'Z wersji {old} na wersję {new}',
    since: 'Obowiązuje od: {date}',
    text: 'W tekście',
    compared: 'Porównywany jest wiążący tekst angielski.',
    added: 'Dodano:',
    removed: 'Usunięto:',
    same: {
      one: '{count} akapit bez zmian',
      few: '{count} akapity bez zmian',
      many: '{count} akapitów bez zmian',
      other: '{count} akapitu bez zmian',
    },
  },
  rights: {
    title: 'Państwa prawa według ustaw',
    description:
      'Która ustawa daje jakie prawa w sprawie poczty i danych osobowych i ile może trwać odpowiedź.',
    lead: 'To, które prawo obowiązuje, zależy od miejsca zamieszkania i od nadawcy. Floe liczy terminy z ustaw, które wskazał nadawca, a jeśli nie wskazał żadnej, terminy z RODO.',
    here: 'Z Floe',
    stop: 'Rezygnacja działa od razu, a jej link nie wygasa sam z siebie.',
    self: 'Swoje dane można samodzielnie zobaczyć, sprostować, zabrać i usunąć: proszę otworzyć własną stronę linkiem na końcu wiadomości i wybrać „Państwa dane”.',
    optOut: 'Poczta ustaje w ciągu',
    link: 'Link rezygnacji działa przez',
    answer: 'Odpowiedź na wniosek w ciągu',
    acknowledge: 'Potwierdzenie odbioru w ciągu',
    extension: 'W trudnych sprawach dłużej o',
    articles: 'Gdzie to zapisano',
    businessDays: {
      one: '{count} dzień roboczy',
      few: '{count} dni robocze',
      many: '{count} dni roboczych',
      other: '{count} dnia roboczego',
    },
    advice:
      'Terminy są zgodne z prawem na dzień tej wersji. Strona ma charakter informacyjny i nie jest poradą prawną.',
    laws: {
      eu: {
        name: 'Unia Europejska: RODO',
        says: 'Można zobaczyć, sprostować, usunąć i zabrać swoje dane, ograniczyć ich użycie, w każdej chwili sprzeciwić się reklamie i wycofać zgodę tak łatwo, jak się jej udzieliło.',
      },
      uk: {
        name: 'Wielka Brytania: UK GDPR i PECR',
        says: 'Prawa są takie jak w RODO. Reklama e-mailem wymaga zgody albo tego, że odbiorca jest klientem i mógł odmówić.',
      },
      us_ca: {
        name: 'Kalifornia: CCPA',
        says: 'Można poznać, poprawić i usunąć to, co się przechowuje, oraz sprzeciwić się sprzedaży i udostępnianiu. Global Privacy Control jest takim sprzeciwem.',
      },
      us_canspam: {
        name: 'Stany Zjednoczone: CAN-SPAM',
        says: 'Każda reklama musi dawać możliwość rezygnacji, która nic nie kosztuje i wymaga najwyżej odpowiedzi lub jednej strony.',
      },
      ca_casl: {
        name: 'Kanada: CASL',
        says: 'Poczta handlowa wymaga zgody, wyraźnej lub domniemanej, musi wskazywać nadawcę i dawać możliwość rezygnacji.',
      },
      ca_pipeda: {
        name: 'Kanada: PIPEDA',
        says: 'Można zobaczyć to, co się przechowuje, i zlecić sprostowanie.',
      },
      br: {
        name: 'Brazylia: LGPD',
        says: 'Można dowiedzieć się, co się przechowuje, zobaczyć to, poprawić, zabrać i usunąć oraz wycofać zgodę.',
      },
      au: {
        name: 'Australia: Spam Act',
        says: 'Poczta handlowa wymaga zgody, musi wskazywać nadawcę i dawać możliwość rezygnacji bez opłat i logowania.',
      },
    },
  },
  accessibility: {
    title: 'Dostępność',
    description: 'Jak dostępne są te strony, jak się to sprawdza i co zrobić, gdy coś nie działa.',
    lead: 'Każdy ma móc powiedzieć, czego chce, i zostać zrozumiany. Te strony są tworzone tak, aby spełniały WCAG 2.2 na poziomie AA. To nasza własna ocena; nikt z zewnątrz jej nie poświadczył.',
    how: 'Jak się to sprawdza',
    tests: {
      machine: 'Program (axe) szuka błędów na każdej stronie, w każdym języku, w jasnych i ciemnych barwach.',
      keyboard:
        'Każdego wyboru dokonuje się w prawdziwej przeglądarce samą klawiaturą i ponownie bez JavaScriptu.',
      screen:
        'Strony ogląda się od 320 pikseli, z dwukrotnie większym tekstem, od prawej do lewej, z wymuszonymi kolorami i na papierze.',
      contrast: 'Kolory nadawców są poprawiane, aż każdy tekst ma kontrast co najmniej 4,5 do 1.',
    },
    limits: 'Co nam wiadomo',
    known: 'Nazwy i opisy piszą nadawcy; mogą być trudne do odczytania lub w innym języku niż strona.',
    feedback: 'Gdy coś nie działa',
    contact: 'Proszę do nas napisać: która to strona i co miało się udać; nie trzeba podawać, kim się jest.',
  },
  companies: {
    description: 'Firmy, które przetwarzają dane osobowe dla Floe, gdzie są i co robią.',
    lead: 'Te firmy obsługują komputery dla Floe. Na podstawie umowy otrzymują to, co jest do tego potrzebne, i nic więcej.',
    country: 'Kraj',
    does: 'Co robi',
    edge: 'Dostarcza te strony i uruchamia program, który za nimi stoi',
    database: 'Przechowuje bazę danych',
    mail: 'Doręcza wiadomości, na przykład potwierdzenia',
  },
} satisfies Translated<typeof en>
