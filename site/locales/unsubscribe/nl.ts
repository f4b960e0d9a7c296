import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  title: 'Afmelden voor ‘{topic}’ · {sender}',
  heading: 'Afmelden voor ‘{topic}’?',
  sends: '{sender} mag dit daarna niet meer naar {address|u} sturen.',
  leave: 'Afmelden',
  stopAll: 'Afmelden voor alle e-mails van {sender}',
  already: 'U bent al afgemeld',
  alreadyTopic: '{sender} stuurt ‘{topic}’ niet meer naar {address|u}.',
  alreadyAll: 'Er gaat geen nieuws of aanbod van {sender} naar {address|u}. U hoeft niets meer te doen.',
  instead: 'In plaats daarvan kiezen wat u ontvangt',
  hint: 'Er verandert pas iets als u op een knop drukt.',
  seeOff: 'Bekijken wat uit staat',

  owedTitle: '{topic} · {sender}',
  owed: '‘{topic}’ kan hier niet uit',
  owedMeans:
    '{sender} stuurt deze e-mails naar {address|u} vanwege iets wat u deed, zoals een bestelling. Ze blijven komen, wat u hier ook kiest.',
  owedAsk:
    'Wilt u ze niet, vraag het dan aan {sender}: antwoord op een van deze e-mails of schrijf de afzender.',
  owedNoted: 'Uw keuze is vastgelegd.',
  keptMeans: 'Dit geldt vanaf nu. Meer kunnen we u op dit moment niet tonen.',

  doneTitle: 'Afgemeld · {sender}',
  done: 'U bent afgemeld',
  doneTopic: '{sender} stuurt ‘{topic}’ voortaan niet meer naar {address|u}.',
  doneAll: 'U bent voor alles afgemeld',
  doneAllMeans: '{sender} stuurt geen enkel nieuws of aanbod meer naar {address|u}.',
  before: 'U was al afgemeld',
  beforeTopic: '{sender} stuurt ‘{topic}’ niet meer naar {address|u}. Er hoefde niets te veranderen.',
  beforeAll: 'Er gaat geen nieuws of aanbod van {sender} naar {address|u}. Er hoefde niets te veranderen.',
  effective: 'Dit geldt vanaf nu. Een e-mail die al onderweg was, kan nog aankomen.',
  needed: 'Afmelden stopt geen e-mails over uw bestellingen of uw account.',
  mistake: 'Niet wat u bedoelde?',
  undo: 'Ongedaan maken',
  still: 'Kiezen wat u nog ontvangt',

  undoneTitle: 'Ongedaan gemaakt · {sender}',
  undone: 'Ongedaan gemaakt',
  undoneTopic: '{topic} van {sender} naar {address|u}: alles is alsof u nooit op de knop had gedrukt.',
  undoneAll:
    '{sender} mag net als voorheen naar {address|u} schrijven. Wat u eerder hebt uitgezet, blijft uit.',
  undoneStays:
    'Uw laatste stap is ongedaan gemaakt. E-mails van {sender} naar {address|u} blijven toch uit, door iets wat u of de afzender op een ander moment heeft besloten.',
  changedMind: 'Van gedachten veranderd?',
  again: 'Opnieuw afmelden',
} satisfies Translated<typeof en>
