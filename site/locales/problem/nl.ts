import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  whatToDo: 'Wat u kunt doen',
  invalid: 'Deze link werkt niet',
  invalidWhy:
    'Misschien ontbreekt er een deel: e-mailprogramma’s knippen lange links soms in tweeën. Er is niets veranderd.',
  invalidCopy: 'Kopieer de hele link uit de e-mail, tot en met het laatste teken, en open hem opnieuw.',
  invalidAnswer: 'Of beantwoord de e-mail en vraag de afzender om u af te melden.',
  unavailable: 'Dat lukte zojuist niet',
  unavailableWhy:
    'De fout ligt bij ons, niet bij u. Beschouw nog niets als gedaan en probeer het over een minuut opnieuw. Het twee keer doen kan geen kwaad.',
  retry: 'Opnieuw proberen',
  busy: 'Dat was iets te vaak',
  busyWhy: 'Er is niets veranderd. Wacht een minuut en probeer het opnieuw.',
  limited: 'Dat is vandaag te vaak veranderd',
  limitedWhy:
    'Met de links in e-mails kan op één dag maar een beperkt aantal keren iets worden veranderd of teruggenomen. Er is nu niets veranderd. Het werkt weer vanaf {again}.',
  limitedStop: 'Afmelden en pauzeren kan altijd.',
  tooLarge: 'Dat was te veel om te lezen',
  tooLargeWhy: 'Het formulier bevatte meer dan erin past. Er is niets veranderd. Open de pagina opnieuw.',
  expired: 'Te laat om ongedaan te maken',
  expiredWhy: 'Ongedaan maken kan alleen kort na het afmelden. Er is nu niets veranderd.',
  signUpAgain: 'Wilt u deze e-mails weer ontvangen, meld u dan opnieuw aan bij de afzender.',
  gone: 'Deze e-mails bestaan niet meer',
  goneWhy:
    'De afzender verstuurt niet meer waar deze link voor was, dus u kunt zich nergens meer voor afmelden.',
  goneNewest: 'Komt er toch nog iets, gebruik dan de link onderaan de nieuwste e-mail.',
  formFull: 'Dit formulier is vol voor vandaag',
  formFullWhy:
    'Het neemt maar een beperkt aantal aanmeldingen per dag aan. Er is niets verstuurd of bewaard. Probeer het morgen nog eens.',
  formEnded: 'Dit formulier wordt niet meer gebruikt',
  formEndedWhy: 'De afzender heeft het beëindigd. Er is niets verstuurd of bewaard.',
  unconfirmed: 'Hier valt niets te bevestigen',
  unconfirmedWhy: 'Waar deze link voor was, is afgelopen. Er is niets veranderd.',
  notFound: 'Deze pagina bestaat niet',
  notFoundWhy: 'Misschien staat er een typfout in het adres. Er is niets veranderd.',
  notFoundCopy:
    'Komt u uit een e-mail, open dan de link daarin opnieuw of kopieer hem helemaal, tot en met het laatste teken.',
} satisfies Translated<typeof en>
