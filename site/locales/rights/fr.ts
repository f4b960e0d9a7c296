import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. */
export default {
  toData: 'Voir, rectifier ou effacer vos données',
  askTitle: 'Vos données · {sender}',
  ask: 'Vos données chez {sender}',
  askMeans:
    'Consultez tout ce qui est conservé sur vous, emportez-le, rectifiez-le, limitez son utilisation ou faites-le effacer. Le lien qui mène ici a pu être transmis, nous envoyons donc d’abord un e-mail à votre adresse. Le lien qu’il contient ouvre vos données une seule fois, pendant 15 minutes.',
  yourAddress: 'Votre adresse e-mail',
  noAddress: 'Ce n’est pas une adresse e-mail. Veuillez la vérifier.',
  send: 'M’envoyer le lien',
  look: 'Consultez votre messagerie',
  lookMeans:
    'Si c’est bien l’adresse à laquelle cette page appartient, un e-mail avec un lien est en route. S’il n’arrive pas d’ici quelques minutes, regardez parmi les indésirables et vérifiez l’orthographe. Il y en a au plus trois par jour.',
  noMail: 'Aucun e-mail ne peut être envoyé d’ici',
  noMailMeans:
    '{sender} devrait vous envoyer ce lien et ne le peut pas d’ici. Répondez à l’un de ses e-mails et demandez vos données\u00a0: vous y avez les mêmes droits, avec les mêmes délais.',
  toPreferences: 'Retour à ce que vous recevez',

  accessTitle: 'Ouvrir vos données · {sender}',
  access: 'Ouvrir vos données\u00a0?',
  accessMeans:
    'Vous verrez tout ce que {sender} ({company}) conserve ici sur vous, et pourrez le modifier ou l’effacer. Le lien fonctionne une seule fois, et ce qu’il ouvre se ferme au bout de 15 minutes.',
  open: 'Ouvrir mes données',
  accessHint: 'Rien n’est montré tant que vous n’appuyez pas sur le bouton.',

  used: 'Ce lien a déjà servi',
  usedMeans:
    'Il fonctionne une seule fois, afin que personne, en trouvant l’e-mail plus tard, ne puisse ouvrir vos données. Rien n’a été modifié maintenant. Si ce n’est pas vous qui l’avez utilisé, demandez un nouveau lien et voyez ce qui s’est passé.',
  ran: 'Ce lien a expiré',
  ranMeans: 'Il ne fonctionne que peu de temps après l’envoi de son e-mail. Rien n’a été modifié maintenant.',
  over: 'Cette page s’est fermée',
  overMeans:
    'Elle reste ouverte 15 minutes, ou jusqu’à ce que vos données soient effacées ou déplacées. Rien n’a été modifié maintenant.',
  howNew:
    'Pour un nouveau lien, ouvrez, à la fin d’un e-mail de l’expéditeur, la page où vous choisissez ce que vous recevez, puis allez à vos données.',

  title: 'Vos données · {sender}',
  heading: 'Ce qui est conservé sur vous',
  means:
    'Voici tout ce que {sender} ({company}) conserve ici sur vous. La page se ferme au bout de 15 minutes et rien n’en reste dans ce navigateur.',
  done: 'C’est fait.',
  didRestrict: 'Plus personne chez {company} ne peut utiliser vos données.',
  didObject: 'Vos données ne servent plus à vous adresser de la publicité.',
  didLift: 'C’est annulé.',
  didLanguage: 'Désormais, nous vous écrivons dans cette langue.',
  didRequest: 'Votre demande est transmise à {sender}, qui doit répondre avant le {due}.',
  didCorrect:
    'Si la nouvelle adresse peut être consultée, un e-mail y est en route. Rien ne bouge avant qu’elle dise oui.',

  address: 'Votre adresse',
  addressKept: 'Elle est conservée chiffrée, pour que l’on puisse vous écrire.',
  addressNot:
    'Elle n’est pas conservée ici\u00a0: seulement une forme brouillée qui permet de la reconnaître.',
  topics: 'Vos abonnements',
  whyUnknown:
    'Rien n’indique ici d’où {sender} tient votre adresse. Vous pouvez le demander à l’expéditeur, et vous opposer à la publicité ci-dessous.',
  stops: 'Ce qui vous épargne des e-mails',
  optedOut:
    'Enregistré le {optedOut} pour {sender}\u00a0: rien vous concernant ne peut être vendu ni partagé.',
  requests: 'Vos demandes',
  history: 'Ce qui s’est passé, du plus récent au plus ancien',
  historyShow: 'Afficher ce qui s’est passé',
  historyOlder: 'Afficher les entrées plus anciennes',
  historyNewest: 'Revenir aux plus récentes',
  andMore: 'Il y en a d’autres. La copie proposée ci-dessous les contient toutes.',
  nothing: 'Rien.',

  take: 'Emporter vos données',
  takeMeans:
    'Tout, y compris ce qui ne tient pas sur cette page, à garder ou à remettre à quelqu’un d’autre.',
  takeJson: 'Pour les programmes (JSON)',
  takePage: 'Pour lire (HTML)',

  correct: 'Rectifier votre adresse',
  correctMeans:
    'La nouvelle adresse est d’abord interrogée. Dès qu’elle dit oui, tout y est transféré, y compris ce qui vous épargne des e-mails, et l’ancienne est oubliée.',
  newAddress: 'Nouvelle adresse e-mail',
  badAddress: 'Ce n’est pas une autre adresse e-mail. Veuillez la vérifier.',
  correctSend: 'Interroger la nouvelle adresse',
  language: 'Langue',
  languageMeans: 'Dans laquelle nous vous écrivons',
  languageSet: 'Utiliser cette langue',

  restrict: 'Limiter l’utilisation de vos données',
  restrictMeans:
    'Personne chez {company} ne peut alors rien vous envoyer, pas même un reçu, jusqu’à ce que vous leviez cette limite ici. Vos données sont seulement conservées.',
  restrictSet: 'Limiter',
  restricted: 'L’utilisation est limitée\u00a0: personne chez {company} ne peut rien vous envoyer.',
  restrictLift: 'Lever la limitation',
  object: 'S’opposer à la publicité',
  objectMeans:
    'Vos données ne servent alors plus à vous adresser de la publicité. Les reçus et messages semblables arrivent toujours.',
  objectSender: 'S’opposer auprès de {sender}',
  objectCompany: 'S’opposer auprès de tout {company}',
  objected: 'Vous vous êtes opposé, et cela vaut.',
  objectLift: 'Retirer l’opposition',
  refusing:
    '{sender} ne peut plus vous adresser de demande pendant les 30\u00a0jours qui suivent, quelle que soit la personne qui vous inscrit.',
  refusingLift: 'Autoriser {sender} à me le demander de nouveau',
  complaining:
    '{sender} ne peut rien vous envoyer, pas même un reçu, jusqu’à ce que vous retiriez ce signalement. Certaines messageries signalent un e-mail dès qu’il est déplacé vers les indésirables.',
  complaintLift: 'Retirer le signalement',

  more: 'Demander plus à {sender}',
  moreMeans:
    'Ce que {sender} conserve ailleurs n’est pas connu ici. Votre demande y est transmise avec votre adresse, et la réponse est due avant le {due}.',
  what: 'Ce que vous voulez',
  wantAccess: 'Dites-moi ce que vous conservez d’autre sur moi',
  wantCorrection: 'Quelque chose est faux ou manque',
  wantErasure: 'Effacez ce que vous conservez ailleurs',
  message: 'De quoi il s’agit',
  badMessage:
    'Veuillez dire de quoi il s’agit, en 2000 caractères au plus. Au plus 10 demandes attendent à la fois.',
  moreSend: 'Envoyer la demande',

  erase: 'Tout effacer',
  eraseMeans:
    'La page suivante dit ce qui part et ce qui reste. Rien ne se passe avant que vous y appuyiez sur le bouton.',
  eraseNext: 'Continuer vers l’effacement',

  eraseTitle: 'Effacer vos données · {sender}',
  eraseHeading: 'Effacer vos données\u00a0?',
  goes: 'Ce qui part pour toujours',
  goesAddress: 'Votre adresse.',
  goesEvidence:
    'La clé de tout ce qui montre comment vous avez donné votre accord, comme les adresses internet, les navigateurs et ce que vous avez écrit\u00a0: plus personne ne peut le lire.',
  goesChoices: 'Vos abonnements, inscriptions en attente, langue et demandes.',
  stays: 'Ce qui reste',
  staysStop:
    'Que personne chez {company} ne peut vous écrire, grâce à une forme brouillée de votre adresse qui ne désigne personne.',
  staysLedger: 'Que tout cela a eu lieu, et quand, sans votre adresse et sans ce qui le montrait.',
  elsewhere:
    'Demander aussi à {sender} d’effacer avant le {due} ce qui est conservé ailleurs. Votre adresse y est transmise pour cela et reste ici chiffrée jusqu’à ce que ce soit fait.',
  noUndo: 'C’est irréversible.',
  eraseNow: 'Tout effacer maintenant',
  goBack: 'Revenir et garder',

  erasedTitle: 'Effacé · {sender}',
  erased: 'Vos données sont effacées',
  erasedMeans:
    'Votre adresse, la clé de ce qui montrait votre accord et vos choix ont disparu. Ce qui reste\u00a0: personne chez {company} ne peut vous écrire, et le fait que cela a eu lieu, sans nom.',
  copiesBy:
    'Des copies chiffrées restent un temps dans les journaux et les sauvegardes. D’ici au {gone}, leurs clés sont détruites et vos données sont illisibles dans toutes les copies.',
  copiesOpen:
    'Des copies chiffrées restent plus longtemps dans les journaux et les sauvegardes. Aucune date n’est fixée à laquelle elles seront illisibles.',
  erasedElsewhere: 'Il a été demandé à {sender} d’effacer avant le {due} ce qui est conservé ailleurs.',
  erasedBack: 'Si vous voulez un jour recevoir à nouveau ces e-mails, inscrivez-vous. Tout repart de zéro.',

  moveTitle: 'Une nouvelle adresse · {sender}',
  move: 'Autorisez-vous {sender} à utiliser cette adresse pour vous\u00a0?',
  moveMeans:
    'Quelqu’un qui recevait des e-mails de {sender} à une autre adresse veut les recevoir ici. Si vous dites oui, ceci arrivera ici\u00a0:',
  moveNone: 'Quelqu’un qui avait affaire à {sender} sous une autre adresse veut être connu sous celle-ci.',
  moveStops: 'Ce qui y était arrêté le reste, ici aussi.',
  moveYes: 'Oui, c’est mon adresse',
  moveNo: 'Ce n’était pas moi',
  moveHint:
    'Rien ne change tant que vous n’appuyez pas sur un bouton. Le lien fonctionne pendant 7\u00a0jours.',
  movedTitle: 'Rectifié · {sender}',
  moved: 'Votre adresse est rectifiée',
  movedMeans:
    'Tout a été transféré ici et l’ancienne adresse est oubliée. Il a été demandé à {sender} de la rectifier ailleurs aussi.',
  stayed: 'Rien n’a été modifié',
  stayedMeans: 'Cette adresse reste hors de cause et est oubliée.',
  late: 'Il est trop tard pour cela',
  lateMeans: 'Le lien a expiré ou un autre l’a remplacé. Rien n’a été modifié maintenant.',

  runtime: {
    confirmed: 'Abonné',
    pending: 'Pas encore confirmé',
    ended: 'Terminé',
    expired: 'Expiré',
    since: 'depuis le {day}',
    until: 'jusqu’au {day}',
    whyConfirmed: 'Le {since}, vous avez confirmé ces e-mails, demandés sur {source} avec cette adresse.',
    whyExpress: '{sender} a noté votre accord à ces e-mails, donné le {since}.',
    whyPurchase: '{sender} a noté votre premier achat, le {since}.',
    whyInquiry: '{sender} a noté une demande de votre part, le {since}.',
    whySoft: '{sender} a noté cette adresse, donnée lors d’un achat le {since}.',
    whyContract: '{sender} a noté un contrat avec vous dont ces e-mails font partie depuis le {since}.',
    whyInterest: '{sender} a noté un intérêt légitime à vous écrire depuis le {since}.',

    legal: 'La loi',
    complained: 'Vous avez signalé un e-mail',
    perhapsComplained: 'Quelqu’un s’est plaint d’un e-mail, peut-être vous',
    bounced: 'Un e-mail vous étant destiné est revenu',
    objected: 'Vous vous êtes opposé',
    unsubscribed: 'Vous vous êtes désabonné',
    imported: 'Repris d’avant',
    manual: 'Inscrit par l’expéditeur',
    paused: 'Vous avez fait une pause',
    restricted: 'Vous avez limité l’utilisation de vos données',
    everywhere: 'tout le monde',

    access: 'Voir vos données',
    rectification: 'Rectifier vos données',
    erasure: 'Effacer vos données',
    restriction: 'Limiter leur utilisation',
    portability: 'Emporter vos données',
    objection: 'S’opposer à leur utilisation',
    due: 'Réponse due avant le {day}',
    overdue: 'La réponse était due avant le {day}',
    fulfilled: 'Fait le {day}',
    partlyFulfilled: 'Fait en partie le {day}',
    refused: 'Refusé le {day}',
    notIdentified: 'Clos le {day}\u00a0: vous n’avez pas pu être identifié',
    moot: 'Clos le {day}',

    stopped: 'Des e-mails ont été arrêtés',
    lifted: 'Un arrêt a été levé',
    asked: 'Une confirmation vous a été demandée',
    agreed: 'Vous avez donné votre accord',
    granted: 'L’expéditeur a inscrit votre accord',
    declined: 'Vous avez dit que ce n’était pas vous',
    withdrew: 'Vous avez retiré votre accord',
    restored: 'Votre accord a de nouveau valu',
    ranOut: 'Un accord ou une demande a expiré',
    mailed: 'Un e-mail avec un lien vous a été envoyé',
    undeliverable: 'Un e-mail avec un lien n’a pas pu être envoyé',
    wanted: 'Vous avez demandé quelque chose sur vos données',
    opened: 'Vos données ont été ouvertes',
    took: 'Vous avez emporté vos données',
    corrected: 'Votre adresse a été rectifiée',
    answered: 'L’expéditeur a répondu à votre demande',
    missed: 'Un délai est passé sans réponse',
    chose: 'Vous avez fait un choix vous concernant',
    optedOut: 'Opposition à la vente et au partage',

    ip: 'Adresse internet',
    userAgent: 'Navigateur',
    page: 'Page',
    form: 'Formulaire',
    wording: 'Ce que vous avez accepté',
    written: 'Ce que vous avez écrit',
    proof: 'Ce qui le montre aussi',
    gone: 'Ce qui le montrait ne peut plus être lu.',
  },
} satisfies Translated<typeof en>
