import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Polish, polite and of no gender. A name always follows „nadawca”, which is declined in its place. */
export default {
  title: 'Wiadomości od nadawcy {sender}',
  heading: 'Zapis na wiadomości od nadawcy {sender}',
  lead: 'Wiadomość na podany adres poprosi o potwierdzenie. Nic nie zostanie włączone bez naciśnięcia zawartego w niej przycisku.',
  badAddress: 'To nie jest adres e-mail. Prosimy sprawdzić go jeszcze raz.',
  noTopic: 'Prosimy wybrać co najmniej jedną pozycję.',
  trapped:
    'Wypełniono pole, którego nikt nie widzi, być może zrobiła to przeglądarka. Jest znów puste: prosimy jeszcze raz nacisnąć przycisk.',
  agree: 'Na co jest to zgoda',
  agreeMeans:
    'Nadawca {sender} ({company}) wysyła to e-mailem. Zgodę można wycofać w każdej chwili, jednym kliknięciem w każdej wiadomości.',

  runtime: {
    address: 'Adres e-mail',
    choose: 'Co mamy wysyłać?',
    send: 'Zapisz się',
    empty: 'Prosimy zostawić to pole puste',
    notice: 'Przeczytaj informację ({notice}, wersja {version})',
  },
} satisfies Translated<typeof en>
