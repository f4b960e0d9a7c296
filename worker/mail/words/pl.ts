import type { Words } from '../words.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export const pl: Words = {
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
  silence: 'Jeśli nic Państwo nie zrobią, nic się nie zmieni. To jedyna wiadomość w sprawie tego zgłoszenia.',
  no: 'To nie moje zgłoszenie',
  noMeans: sender =>
    `Zgłoszenie zostanie zamknięte, a od nadawcy ${sender} przez 30\u00a0dni nie dotrze do Państwa żadne nowe.`,
  notice: (name, version) => `Informacja o prywatności (${name}, wersja\u00a0${version})`,
  takeBack: 'Zgodę można wycofać w każdej chwili, jednym kliknięciem w każdej wiadomości.',
  carried: sender => `Wiadomość od nadawcy ${sender}, dostarczona przez Floe.`,
}
