import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Dutch, with u. */
export default {
  about: 'Over Floe',
  language: 'Taal',
  names: {
    privacy: 'Privacy',
    changes: 'Wat er is veranderd',
    rights: 'Uw rechten',
    accessibility: 'Toegankelijkheid',
    companies: 'Bedrijven waarmee we werken',
  },
  front: {
    title: 'Uw woord over mail, gehouden',
    description:
      'Als u zich afmeldt, krijgt een afzender die vóór de volgende e-mail Floe raadpleegt, nee te horen.',
    lead: 'Bedrijven die u mailen gebruiken Floe om te onthouden wat u van hen wilt en wat niet.',
    effect:
      'Als u zich afmeldt, geldt dat meteen: een afzender die vóór de volgende e-mail Floe raadpleegt, krijgt nee te horen. U hebt geen account en geen wachtwoord nodig.',
    nothing:
      'Op deze pagina hoeft u niets te doen. Uw eigen pagina opent u met de links onder aan de mails die u krijgt.',
    documentation: 'Voor bedrijven die mail versturen: de documentatie, in het Engels',
  },
  notice: {
    title: 'Privacyverklaring',
    description: 'Wat Floe over u verwerkt, waarom, hoe lang, en wat u kunt doen.',
    standing: 'Versie {version}, geldig sinds {date}',
    old: 'Dit is een eerdere versie. Ze blijft hier omdat toestemmingen ernaar verwijzen.',
    current: 'Huidige versie lezen',
    translation: 'Dit is een vertaling. De Engelse tekst is bindend.',
    untranslated: 'Deze versie is alleen in het Engels gepubliceerd.',
    english: 'Engelse tekst lezen',
    versions: 'Alle versies',
    version: 'Versie {version}',
    file: 'De tekst als bestand',
    digest: 'De SHA-256-controlesom waarmee toestemmingen ernaar verwijzen',
  },
  changes: {
    title: 'Wat er is veranderd',
    description:
      'Wat er tussen de versies van de privacyverklaring is veranderd, in woorden en regel voor regel.',
    lead: 'Elke versie van de privacyverklaring blijft zoals ze is gepubliceerd. Dit is wat er van de ene op de andere is veranderd.',
    between: 'Van versie {old} naar versie {new}',
    since: 'Geldig sinds {date}',
    text: 'In de tekst',
    compared: 'Vergeleken wordt de bindende Engelse tekst.',
    added: 'Toegevoegd:',
    removed: 'Verwijderd:',
    same: { one: '{count} alinea is gelijk', other: '{count} alinea’s zijn gelijk' },
  },
  rights: {
    title: 'Uw rechten, wet voor wet',
    description:
      'Welke wet u welke rechten over mail en persoonsgegevens geeft, en hoe lang een antwoord mag duren.',
    lead: 'Welk recht geldt, hangt af van waar u woont en wie u schrijft. Floe telt de termijnen van de wetten die de afzender heeft genoemd, en die van de AVG als hij er geen heeft genoemd.',
    here: 'Met Floe',
    stop: 'Een afmelding geldt meteen, en de link ervan verloopt niet vanzelf.',
    self: 'U ziet, verbetert, bewaart en wist uw gegevens zelf: open uw eigen pagina met de link onder aan een mail en kies ‘Uw gegevens’.',
    optOut: 'Mail stopt binnen',
    link: 'Een afmeldlink werkt',
    answer: 'Verzoeken worden beantwoord binnen',
    acknowledge: 'Ontvangstbevestiging binnen',
    extension: 'In moeilijke gevallen langer met',
    articles: 'Waar het staat',
    businessDays: { one: '{count} werkdag', other: '{count} werkdagen' },
    advice:
      'De termijnen zijn die van de wet ten tijde van deze versie. Deze pagina informeert en is geen juridisch advies.',
    laws: {
      eu: {
        name: 'Europese Unie: AVG',
        says: 'U kunt uw gegevens inzien, verbeteren, wissen en meenemen, het gebruik laten beperken, altijd bezwaar maken tegen reclame en toestemming even makkelijk intrekken als u ze gaf.',
      },
      uk: {
        name: 'Verenigd Koninkrijk: UK GDPR en PECR',
        says: 'De rechten zijn die van de AVG. Reclame per e-mail vereist uw toestemming, of dat u klant bent en nee kon zeggen.',
      },
      us_ca: {
        name: 'Californië: CCPA',
        says: 'U kunt weten, verbeteren en laten verwijderen wat over u wordt bewaard, en verkoop en deling weigeren. Global Privacy Control geldt als zo’n weigering.',
      },
      us_canspam: {
        name: 'Verenigde Staten: CAN-SPAM',
        says: 'Elke reclamemail moet een afmelding bieden die niets kost en niet meer vraagt dan een antwoord of één pagina.',
      },
      ca_casl: {
        name: 'Canada: CASL',
        says: 'Commerciële mail vereist uw toestemming, uitdrukkelijk of stilzwijgend, en moet de afzender noemen en een afmelding bieden.',
      },
      ca_pipeda: {
        name: 'Canada: PIPEDA',
        says: 'U kunt inzien wat over u wordt bewaard en het laten verbeteren.',
      },
      br: {
        name: 'Brazilië: LGPD',
        says: 'U kunt weten wat over u wordt bewaard, het inzien, verbeteren, meenemen en laten verwijderen, en toestemming intrekken.',
      },
      au: {
        name: 'Australië: Spam Act',
        says: 'Commerciële mail vereist uw toestemming, moet de afzender noemen en een afmelding zonder kosten of inloggen bieden.',
      },
    },
  },
  accessibility: {
    title: 'Toegankelijkheid',
    description:
      'Hoe toegankelijk deze pagina’s zijn, hoe dat wordt getest en wat u kunt doen als iets niet werkt.',
    lead: 'Iedereen moet kunnen zeggen wat hij wil en begrepen worden. Deze pagina’s zijn gemaakt om aan WCAG 2.2, niveau AA, te voldoen. Dat is ons eigen oordeel; niemand van buiten heeft het bevestigd.',
    how: 'Hoe het wordt getest',
    tests: {
      machine: 'Een programma (axe) zoekt op elke pagina naar fouten, in elke taal, licht en donker.',
      keyboard:
        'Elke keuze wordt in een echte browser met alleen het toetsenbord gemaakt, en nog eens zonder JavaScript.',
      screen:
        'Pagina’s worden bekeken vanaf 320 pixels, met twee keer zo grote tekst, van rechts naar links, met geforceerde kleuren en op papier.',
      contrast:
        'Kleuren van afzenders worden aangepast tot elke tekst een contrast van minstens 4,5 op 1 heeft.',
    },
    limits: 'Wat we weten',
    known:
      'Namen en beschrijvingen worden door afzenders geschreven; ze kunnen moeilijk leesbaar zijn of in een andere taal dan de pagina.',
    feedback: 'Als iets niet werkt',
    contact: 'Schrijf ons. Zeg welke pagina het was en wat u wilde doen; u hoeft niet te zeggen wie u bent.',
  },
  companies: {
    description: 'De bedrijven die persoonsgegevens voor Floe verwerken, waar ze zijn en wat ze doen.',
    lead: 'Deze bedrijven beheren computers voor Floe. Ze ontvangen volgens contract wat ze daarvoor nodig hebben en niets meer.',
    country: 'Land',
    does: 'Wat het doet',
    edge: 'Levert deze pagina’s en draait het programma erachter',
    database: 'Bewaart de database',
    mail: 'Bezorgt mails, zoals bevestigingen',
  },
} satisfies Translated<typeof en>
