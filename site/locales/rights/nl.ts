import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  toData: 'Uw gegevens zien, verbeteren of wissen',
  askTitle: 'Uw gegevens · {sender}',
  ask: 'Uw gegevens bij {sender}',
  askMeans:
    'Bekijk alles wat over u wordt bewaard, neem het mee, verbeter het, beperk het gebruik ervan of laat het wissen. De link hierheen kan zijn doorgestuurd, daarom sturen we eerst een e-mail naar uw adres. De link daarin opent uw gegevens één keer, 15 minuten lang.',
  yourAddress: 'Uw e-mailadres',
  noAddress: 'Dat is geen e-mailadres. Kijk het alstublieft na.',
  send: 'Stuur mij de link',
  look: 'Kijk in uw e-mail',
  lookMeans:
    'Als deze pagina bij dat adres hoort, is er een e-mail met een link onderweg. Komt er binnen enkele minuten geen, kijk dan bij de ongewenste e-mail en controleer de spelling. Er zijn er hoogstens drie per dag.',
  noMail: 'Van hieruit kan geen e-mail worden verstuurd',
  noMailMeans:
    '{sender} zou u deze link moeten sturen en kan dat van hieruit niet. Beantwoord een van de e-mails en vraag om uw gegevens: u hebt daar dezelfde rechten, met dezelfde termijnen.',
  toPreferences: 'Terug naar wat u ontvangt',

  accessTitle: 'Uw gegevens openen · {sender}',
  access: 'Uw gegevens openen?',
  accessMeans:
    'U ziet alles wat {sender} ({company}) hier over u bewaart en kunt het wijzigen of wissen. De link werkt één keer, en wat hij opent sluit na 15 minuten.',
  open: 'Open mijn gegevens',
  accessHint: 'Er wordt niets getoond totdat u op de knop drukt.',

  used: 'Deze link is al gebruikt',
  usedMeans:
    'Hij werkt één keer, zodat niemand die de e-mail later in handen krijgt uw gegevens kan openen. Er is nu niets gewijzigd. Hebt u hem niet zelf gebruikt, vraag dan een nieuwe aan en kijk wat er is gebeurd.',
  ran: 'Deze link is verlopen',
  ranMeans: 'Hij werkt korte tijd nadat zijn e-mail is verstuurd. Er is nu niets gewijzigd.',
  over: 'Deze pagina is gesloten',
  overMeans:
    'Ze blijft 15 minuten open, of totdat uw gegevens zijn gewist of verhuisd. Er is nu niets gewijzigd.',
  howNew:
    'Voor een nieuwe link opent u onderaan een e-mail van de afzender de pagina waarop u kiest wat u ontvangt, en gaat u daar naar uw gegevens.',

  title: 'Uw gegevens · {sender}',
  heading: 'Wat over u wordt bewaard',
  means:
    'Dit is alles wat {sender} ({company}) hier over u bewaart. De pagina sluit na 15 minuten, en er blijft niets van achter in deze browser.',
  done: 'Gedaan.',
  didRestrict: 'Niemand van {company} mag uw gegevens nu gebruiken.',
  didObject: 'Uw gegevens worden niet meer gebruikt om reclame aan u te sturen.',
  didLift: 'Dat is teruggedraaid.',
  didLanguage: 'Van nu af schrijven we u in deze taal.',
  didRequest: 'Uw verzoek ligt bij {sender} en moet uiterlijk {due} worden beantwoord.',
  didCorrect:
    'Als het nieuwe adres kan worden gevraagd, is er een e-mail naartoe onderweg. Er verhuist niets voordat het ja zegt.',

  address: 'Uw adres',
  addressKept: 'Het wordt versleuteld bewaard, zodat men u kan schrijven.',
  addressNot: 'Het wordt hier niet bewaard: alleen een onherkenbare vorm die het terugkent.',
  topics: 'Waarop u geabonneerd bent',
  whyUnknown:
    'Hier staat niet hoe {sender} aan uw adres is gekomen. U mag dat de afzender vragen, en hieronder bezwaar maken tegen reclame.',
  stops: 'Wat e-mail bij u weghoudt',
  optedOut: 'Op {optedOut} vastgelegd voor {sender}: niets over u mag worden verkocht of gedeeld.',
  requests: 'Uw verzoeken',
  history: 'Wat er gebeurde, het nieuwste eerst',
  historyShow: 'Tonen wat er gebeurde',
  historyOlder: 'Oudere vermeldingen tonen',
  historyNewest: 'Terug naar de nieuwste',
  andMore: 'Er zijn er meer. Wat u hieronder meeneemt, bevat ze allemaal.',
  nothing: 'Niets.',

  take: 'Meenemen',
  takeMeans:
    'Alles, ook wat op deze pagina geen plaats heeft, voor u om te bewaren of aan een ander te geven.',
  takeJson: 'Voor programma’s (JSON)',
  takePage: 'Om te lezen (HTML)',

  correct: 'Uw adres verbeteren',
  correctMeans:
    'Eerst wordt het nieuwe adres gevraagd. Zodra het ja zegt, verhuist alles daarheen, ook wat e-mail weghoudt, en wordt het oude vergeten.',
  newAddress: 'Nieuw e-mailadres',
  badAddress: 'Dat is geen ander e-mailadres. Kijk het alstublieft na.',
  correctSend: 'Vraag het nieuwe adres',
  language: 'Taal',
  languageMeans: 'Waarin we u schrijven',
  languageSet: 'Gebruik deze taal',

  restrict: 'Het gebruik van uw gegevens beperken',
  restrictMeans:
    'Niemand van {company} mag u dan iets sturen, ook geen bon, totdat u dat hier opheft. Uw gegevens worden alleen bewaard.',
  restrictSet: 'Beperken',
  restricted: 'Het gebruik is beperkt: niemand van {company} mag u iets sturen.',
  restrictLift: 'Hef de beperking op',
  object: 'Bezwaar maken tegen reclame',
  objectMeans:
    'Uw gegevens worden dan niet gebruikt om reclame aan u te sturen. Bonnen en dergelijke komen nog wel.',
  objectSender: 'Bezwaar bij {sender}',
  objectCompany: 'Bezwaar bij heel {company}',
  objected: 'U hebt bezwaar gemaakt, en dat geldt.',
  objectLift: 'Trek het bezwaar in',
  refusing: '{sender} kan u daarna 30\u00a0dagen lang geen nieuw verzoek sturen, wie u ook aanmeldt.',
  refusingLift: '{sender} mag het mij opnieuw vragen',
  complaining:
    '{sender} mag u niets sturen, ook geen bon, totdat u de klacht intrekt. Sommige mailprogramma’s klagen als u een e-mail naar de spammap verplaatst.',
  complaintLift: 'Trek de klacht in',

  more: 'Meer vragen aan {sender}',
  moreMeans:
    'Wat {sender} elders bewaart is hier niet bekend. Uw verzoek gaat daarheen met uw adres en moet uiterlijk {due} worden beantwoord.',
  what: 'Wat u wilt',
  wantAccess: 'Vertel mij wat u verder over mij bewaart',
  wantCorrection: 'Er klopt iets niet of er ontbreekt iets',
  wantErasure: 'Wis wat u elders bewaart',
  message: 'Waar het over gaat',
  badMessage:
    'Zeg alstublieft waar het over gaat, in hoogstens 2000 tekens. Er wachten hoogstens 10 verzoeken tegelijk.',
  moreSend: 'Verstuur het verzoek',

  erase: 'Alles wissen',
  eraseMeans:
    'De volgende pagina zegt wat verdwijnt en wat blijft. Er gebeurt niets voordat u daar op de knop drukt.',
  eraseNext: 'Verder naar wissen',

  eraseTitle: 'Uw gegevens wissen · {sender}',
  eraseHeading: 'Uw gegevens wissen?',
  goes: 'Dit verdwijnt voorgoed',
  goesAddress: 'Uw adres.',
  goesEvidence:
    'De sleutel tot alles wat toont hoe u toestemming gaf, zoals internetadressen, browsers en wat u schreef: niemand kan het meer lezen.',
  goesChoices: 'Uw abonnementen, openstaande aanmeldingen, taal en verzoeken.',
  stays: 'Dit blijft',
  staysStop:
    'Dat niemand van {company} u mag schrijven, via een onherkenbare vorm van uw adres die niemand noemt.',
  staysLedger: 'Dat dit alles gebeurde, en wanneer, zonder uw adres en zonder wat het toonde.',
  elsewhere:
    'Vraag ook {sender} om uiterlijk {due} te wissen wat elders wordt bewaard. Uw adres gaat daarvoor daarheen en blijft hier versleuteld bewaard totdat het gedaan is.',
  noUndo: 'Dit kan niet ongedaan worden gemaakt.',
  eraseNow: 'Wis nu alles',
  goBack: 'Ga terug en behoud het',

  erasedTitle: 'Gewist · {sender}',
  erased: 'Uw gegevens zijn gewist',
  erasedMeans:
    'Uw adres, de sleutel tot wat toonde hoe u toestemming gaf, en uw keuzes zijn weg. Wat blijft: niemand van {company} mag u schrijven, en dat dit gebeurde, zonder naam.',
  copiesBy:
    'In logboeken en back-ups blijven versleutelde kopieën een tijd staan. Uiterlijk {gone} worden de sleutels daarvan vernietigd, en zijn uw gegevens in alle kopieën onleesbaar.',
  copiesOpen:
    'In logboeken en back-ups blijven versleutelde kopieën langer staan. Er is geen dag bepaald waarop ze onleesbaar zijn.',
  erasedElsewhere: '{sender} is gevraagd om uiterlijk {due} te wissen wat elders wordt bewaard.',
  erasedBack: 'Wilt u deze e-mails ooit weer, meld u dan opnieuw aan. Het begint bij nul.',

  moveTitle: 'Een nieuw adres · {sender}',
  move: 'Mag {sender} dit adres voor u gebruiken?',
  moveMeans:
    'Iemand die op een ander adres e-mails van {sender} kreeg, wil ze hier krijgen. Zegt u ja, dan komt dit hierheen:',
  moveNone: 'Iemand die op een ander adres met {sender} te maken had, wil onder dit adres bekend zijn.',
  moveStops: 'Wat daar was gestopt blijft gestopt, ook hier.',
  moveYes: 'Ja, dit is mijn adres',
  moveNo: 'Dat was ik niet',
  moveHint: 'Er verandert niets totdat u op een knop drukt. De link werkt 7\u00a0dagen lang.',
  movedTitle: 'Verbeterd · {sender}',
  moved: 'Uw adres is verbeterd',
  movedMeans:
    'Alles is hierheen verhuisd en het oude adres is vergeten. {sender} is gevraagd het ook elders te verbeteren.',
  stayed: 'Er is niets gewijzigd',
  stayedMeans: 'Dit adres blijft erbuiten en wordt vergeten.',
  late: 'Hiervoor is het te laat',
  lateMeans: 'De link is verlopen of een andere kwam ervoor in de plaats. Er is nu niets gewijzigd.',

  runtime: {
    confirmed: 'Geabonneerd',
    pending: 'Nog niet bevestigd',
    ended: 'Beëindigd',
    expired: 'Verlopen',
    since: 'sinds {day}',
    until: 'tot {day}',
    whyConfirmed:
      'Op {since} hebt u deze e-mails bevestigd, die via {source} met dit adres waren aangevraagd.',
    whyExpress: '{sender} heeft vastgelegd dat u op {since} met deze e-mails hebt ingestemd.',
    whyPurchase: '{sender} heeft vastgelegd dat u op {since} klant bent geworden.',
    whyInquiry: '{sender} heeft vastgelegd dat u op {since} een vraag hebt gesteld.',
    whySoft: '{sender} heeft vastgelegd dat u dit adres op {since} bij een aankoop hebt opgegeven.',
    whyContract: '{sender} heeft vastgelegd dat deze e-mails sinds {since} bij een contract met u horen.',
    whyInterest: '{sender} heeft een gerechtvaardigd belang vastgelegd om u sinds {since} te schrijven.',

    legal: 'De wet',
    complained: 'U klaagde over een e-mail',
    perhapsComplained: 'Iemand klaagde over een e-mail, misschien u',
    bounced: 'Een e-mail aan u kwam terug',
    objected: 'U maakte bezwaar',
    unsubscribed: 'U meldde zich af',
    imported: 'Meegebracht van vroeger',
    manual: 'Ingevoerd door de afzender',
    paused: 'U nam een pauze',
    restricted: 'U beperkte het gebruik van uw gegevens',
    everywhere: 'iedereen',

    access: 'Uw gegevens zien',
    rectification: 'Uw gegevens verbeteren',
    erasure: 'Uw gegevens wissen',
    restriction: 'Het gebruik ervan beperken',
    portability: 'Uw gegevens meenemen',
    objection: 'Bezwaar maken tegen het gebruik ervan',
    due: 'Te beantwoorden uiterlijk {day}',
    overdue: 'Was te beantwoorden uiterlijk {day}',
    fulfilled: 'Gedaan op {day}',
    partlyFulfilled: 'Deels gedaan op {day}',
    refused: 'Geweigerd op {day}',
    notIdentified: 'Gesloten op {day}: u kon niet worden herkend',
    moot: 'Gesloten op {day}',

    stopped: 'E-mail werd gestopt',
    lifted: 'Een stop werd opgeheven',
    asked: 'U werd om een bevestiging gevraagd',
    agreed: 'U gaf toestemming',
    granted: 'De afzender noteerde uw toestemming',
    declined: 'U zei dat u het niet was',
    withdrew: 'U trok uw toestemming in',
    restored: 'Uw toestemming gold weer',
    ranOut: 'Een toestemming of verzoek verliep',
    mailed: 'Een e-mail met een link is u gestuurd',
    undeliverable: 'Een e-mail met een link kon niet worden verstuurd',
    wanted: 'U vroeg iets over uw gegevens',
    opened: 'Uw gegevens werden geopend',
    took: 'U nam uw gegevens mee',
    corrected: 'Uw adres werd verbeterd',
    answered: 'De afzender beantwoordde uw verzoek',
    missed: 'Een termijn verstreek zonder antwoord',
    chose: 'U koos iets over uzelf',
    optedOut: 'Bezwaar tegen verkoop en delen',

    ip: 'Internetadres',
    userAgent: 'Browser',
    page: 'Pagina',
    form: 'Formulier',
    wording: 'Waarmee u instemde',
    written: 'Wat u schreef',
    proof: 'Wat het verder toont',
    gone: 'Wat het toonde kan niet meer worden gelezen.',
  },
} satisfies Translated<typeof en>
