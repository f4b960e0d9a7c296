import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  confirmation: {
    subject: sender => `Prosimy o potwierdzenie: wiadomości od nadawcy ${sender}`,
    preview: 'Po potwierdzeniu te wiadomości będą przychodzić. Bez potwierdzenia nic się nie zmieni.',
    heading: sender => `Czy nadawca ${sender} może do Państwa pisać?`,
    asked: (day, sender, source) =>
      `Dnia ${day}\u00a0r. ktoś podał Państwa adres${source ? ` na stronie ${source}` : ''}, aby otrzymywać te wiadomości od nadawcy ${sender}:`,
    ifYou: 'Jeśli to Państwa zgłoszenie, prosimy je potwierdzić.',
    yes: 'Tak, chcę otrzymywać te wiadomości',
    hint: day =>
      `Link otwiera stronę i działa do ${day}\u00a0r. Dopiero naciśnięcie przycisku na tej stronie coś zmienia.`,
    byHand: 'Jeśli przycisk nie działa, prosimy otworzyć ten adres:',
    silence:
      'Jeśli nic Państwo nie zrobią, nic się nie zmieni. To jedyna wiadomość w sprawie tego zgłoszenia.',
    no: 'To nie moje zgłoszenie',
    noMeans: sender =>
      `Zgłoszenie zostanie zamknięte, a od nadawcy ${sender} przez 30\u00a0dni nie dotrze do Państwa żadne nowe.`,
    notice: (name, version) => `Informacja o prywatności (${name}, wersja\u00a0${version})`,
    takeBack: 'Zgodę można wycofać w każdej chwili, jednym kliknięciem w każdej wiadomości.',
    carried: sender => `Wiadomość od nadawcy ${sender}, dostarczona przez Floe.`,
  },
  access: {
    subject: sender => `Dostęp do Państwa danych: nadawca ${sender}`,
    preview: 'Link działa jeden raz, przez 15 minut.',
    heading: sender => `Co przechowuje o Państwu nadawca ${sender}?`,
    asked: sender =>
      `Ktoś wpisał Państwa adres na Państwa stronie u nadawcy ${sender}, aby zobaczyć, pobrać, sprostować lub usunąć przechowywane o Państwu dane.`,
    yes: 'Otwórz moje dane',
    hint: () =>
      'Link otwiera stronę i działa jeden raz, przez 15\u00a0minut od wysłania tej wiadomości. Dopiero naciśnięcie przycisku na tej stronie coś pokazuje.',
    silence:
      'Jeśli to nie Państwo, prosimy nic nie robić: nikt niczego nie zobaczy. Prosimy nie przekazywać tej wiadomości dalej, bo kto ją ma, może otworzyć Państwa dane.',
  },
  correction: {
    subject: sender => `Prosimy o potwierdzenie nowego adresu: nadawca ${sender}`,
    preview: 'Po potwierdzeniu ten adres zastąpi poprzedni.',
    heading: sender => `Czy nadawca ${sender} ma używać tego adresu dla Państwa?`,
    asked: sender => `Ktoś poprosił, aby nadawca ${sender} używał odtąd tego adresu zamiast wcześniejszego.`,
    yes: 'Zobacz i potwierdź',
    hint: day =>
      `Link otwiera stronę i działa do ${day}\u00a0r. Nic się nie zmieni przed naciśnięciem przycisku na tej stronie.`,
    silence:
      'Jeśli to nie Państwo, prosimy nic nie robić albo powiedzieć o tym na tej stronie: ten adres pozostanie wtedy poza sprawą.',
  },
  footer: {
    unsubscribe: 'Wypisz się',
    preferences: 'Wybierz, co ma przychodzić',
    subscribed: (topic, sender) =>
      `Otrzymują Państwo tę wiadomość, ponieważ Państwa adres jest na liście „${topic}”. Nadawca: ${sender}`,
    owed: (topic, sender) => `Otrzymują Państwo tę wiadomość jako klienci. Nadawca: ${sender}, ${topic}`,
    sentBy: company => `Nadawca: ${company}`,
  },
} satisfies Translated<typeof en>
