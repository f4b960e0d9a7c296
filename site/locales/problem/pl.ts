import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. */
export default {
  whatToDo: 'Co można zrobić',
  invalid: 'Ten link nie działa',
  invalidWhy:
    'Być może brakuje jego części: programy pocztowe czasem ucinają długie linki. Nic się nie zmieniło.',
  invalidCopy: 'Prosimy skopiować cały link z wiadomości, aż do ostatniego znaku, i otworzyć go ponownie.',
  invalidAnswer: 'Można też odpowiedzieć na wiadomość i poprosić nadawcę o wypisanie z listy.',
  unavailable: 'Tym razem się nie udało',
  unavailableWhy:
    'To nasz błąd, nie Państwa. Prosimy nie uznawać jeszcze niczego za załatwione i spróbować ponownie za minutę. Powtórzenie niczemu nie szkodzi.',
  retry: 'Spróbuj ponownie',
  busy: 'To było trochę za często',
  busyWhy: 'Nic się nie zmieniło. Prosimy odczekać minutę i spróbować ponownie.',
  limited: 'Dziś zmieniano to zbyt często',
  limitedWhy:
    'Linki z wiadomości pozwalają na ograniczoną liczbę zmian i cofnięć dziennie. Teraz nic się nie zmieniło. Będzie to znów możliwe od: {again}.',
  limitedStop: 'Wypisać się i wstrzymać wiadomości można zawsze.',
  tooLarge: 'Było tego za dużo',
  tooLargeWhy:
    'Formularz zawierał więcej, niż może pomieścić. Nic się nie zmieniło. Prosimy otworzyć stronę ponownie.',
  expired: 'Za późno, by to cofnąć',
  expiredWhy: 'Rezygnację można cofnąć tylko przez krótki czas. Teraz nic się nie zmieniło.',
  signUpAgain: 'Aby znów otrzymywać te wiadomości, trzeba ponownie zapisać się u nadawcy.',
  gone: 'Te wiadomości już się nie ukazują',
  goneWhy: 'Nadawca nie wysyła już tego, do czego służył ten link, więc nie ma z czego rezygnować.',
  goneNewest: 'Jeśli coś jeszcze przyjdzie, prosimy użyć linku na końcu najnowszej wiadomości.',
  formFull: 'Ten formularz jest na dziś zapełniony',
  formFullWhy:
    'Przyjmuje ograniczoną liczbę zapisów dziennie. Nic nie zostało wysłane ani zapisane. Prosimy spróbować jutro.',
  formEnded: 'Ten formularz nie jest już używany',
  formEndedWhy: 'Nadawca go zamknął. Nic nie zostało wysłane ani zapisane.',
  unconfirmed: 'Nie ma tu nic do potwierdzenia',
  unconfirmedWhy: 'To, do czego służył ten link, już się zakończyło. Nic się nie zmieniło.',
  notFound: 'Nie ma takiej strony',
  notFoundWhy: 'Być może w adresie jest literówka. Nic się nie zmieniło.',
  notFoundCopy:
    'Jeśli link pochodzi z wiadomości, prosimy otworzyć go ponownie albo skopiować w całości, aż do ostatniego znaku.',
} satisfies Translated<typeof en>
