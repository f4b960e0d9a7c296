import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  title: 'E-mails van {sender} bevestigen',
  heading: 'Mag {sender} u e-mails sturen?',
  asked:
    'Iemand heeft gevraagd om deze e-mails naar {address|u} te sturen. Er verandert niets voordat u hier ja zegt.',
  yes: 'Ja, stuur mij deze e-mails',
  no: 'Dat was ik niet',
  hint: 'Er verandert pas iets als u op een knop drukt. De link werkt 7\u00a0dagen lang.',

  refuseTitle: 'Was u dit niet? · {sender}',
  notYou: 'Was u dit niet?',
  notYouMeans:
    'Iemand heeft gevraagd om deze e-mails naar {address|u} te sturen. Was u dat niet, laat het dan hier weten.',
  refuseMeans:
    '‘Dat was ik niet’ beëindigt het verzoek: {sender} mag deze e-mails niet naar {address|u} sturen en kan u 30\u00a0dagen lang geen nieuw verzoek sturen. Andere e-mails blijven zoals ze zijn.',
  refuseKeeps:
    '‘Dat was ik niet’ beëindigt het verzoek: {sender} mag deze e-mails niet naar {address|u} sturen, behalve wat u eerder hebt bevestigd, en kan u 30\u00a0dagen lang geen nieuw verzoek sturen. Andere e-mails blijven zoals ze zijn.',
  itWasMe: 'Ik was het wel: bekijken wat ik zou ontvangen',

  agree: 'Waar u ja tegen zou zeggen',
  agreeMeans:
    '{sender} ({company}) zou u dit per e-mail sturen, zoals de verklaring beschrijft. U kunt uw toestemming op elk moment intrekken, met één klik in elke e-mail.',
  notice: 'De verklaring lezen ({notice}, versie {version})',

  confirmedTitle: 'Bevestigd · {sender}',
  confirmed: 'U bent aangemeld',
  confirmedMeans: '{sender} mag deze e-mails nu naar {address|u} sturen.',
  before: 'U had al bevestigd',
  beforeMeans: '{sender} mag deze e-mails naar {address|u} sturen. U hoeft niets meer te doen.',
  withheld: 'Uw antwoord is vastgelegd',
  withheldMeans:
    '{sender} mag deze e-mails toch nog niet naar {address|u} sturen: iets anders houdt ze tegen.',
  back: 'Terug naar {backHost}',
  mistake: 'Niet wat u bedoelde?',
  takeBack: 'Toestemming intrekken',
  yours: 'Om te bewaren',
  receiptMeans:
    'Een ondertekend ontvangstbewijs zegt waar u ja tegen hebt gezegd, wanneer, en wat u te zien kreeg. Er staat geen adres in.',
  receiptHere: 'U kunt het hier een half uur lang ophalen, daarna bij uw gegevens.',
  receipt: 'Ontvangstbewijs downloaden',
  choose: 'Kiezen wat u ontvangt',

  offTitle: 'Niet aangemeld · {sender}',
  refused: 'U bent niet aangemeld',
  refusedMeans:
    'Het verzoek is vervallen. {sender} mag deze e-mails niet naar {address|u} sturen en kan u 30\u00a0dagen lang geen nieuw verzoek sturen.',
  ended: 'U hebt zich afgemeld',
  endedMeans: '{sender} stuurt deze e-mails niet meer naar {address|u}.',
  lateTitle: 'Te laat · {sender}',
  late: 'Deze link is verlopen',
  lateMeans:
    'De link werkte 7\u00a0dagen lang. Er is niets veranderd: {sender} mag deze e-mails niet naar {address|u} sturen.',
  lateStays: 'De link werkte 7\u00a0dagen lang. Er is niets veranderd.',
  sentTitle: 'Kijk in uw inbox · {sender}',
  sent: 'Kijk in uw inbox',
  sentMeans:
    'Als er een bevestiging kan worden gestuurd, is die onderweg naar {address|u}. Er gaat niets aan voordat u daarin op de knop drukt. Het zijn er hoogstens drie per dag.',
  afterAll: 'Wilt u deze e-mails toch ontvangen?',
  afterAllMeans:
    'We sturen een nieuwe link naar hetzelfde adres. Verder verandert er niets voordat u daar bevestigt.',
  again: 'Nieuwe bevestiging sturen',
} satisfies Translated<typeof en>
