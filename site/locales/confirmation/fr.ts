import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. A name never follows « de » or « que », which would have to be cut short before a vowel. */
export default {
  title: 'Confirmer les e-mails envoyés par {sender}',
  heading: 'Autorisez-vous {sender} à vous écrire\u00a0?',
  asked:
    'Quelqu’un a demandé l’envoi de ces e-mails à {address|votre adresse}. Rien ne change tant que vous n’avez pas dit oui ici.',
  yes: 'Oui, je veux recevoir ces e-mails',
  no: 'Ce n’était pas moi',
  hint: 'Rien ne change tant que vous n’appuyez pas sur un bouton. Le lien fonctionne pendant 7\u00a0jours.',

  refuseTitle: 'Ce n’était pas vous\u00a0? · {sender}',
  notYou: 'Ce n’était pas vous\u00a0?',
  notYouMeans:
    'Quelqu’un a demandé l’envoi de ces e-mails à {address|votre adresse}. Si ce n’était pas vous, dites-le ici.',
  refuseMeans:
    '«\u00a0Ce n’était pas moi\u00a0» met fin à la demande\u00a0: {sender} ne pourra pas envoyer ces e-mails à {address|votre adresse}, ni vous adresser d’autre demande pendant 30\u00a0jours. Les autres e-mails restent inchangés.',
  refuseKeeps:
    '«\u00a0Ce n’était pas moi\u00a0» met fin à la demande\u00a0: {sender} ne pourra pas envoyer ces e-mails à {address|votre adresse}, sauf ce que vous aviez déjà confirmé, ni vous adresser d’autre demande pendant 30\u00a0jours. Les autres e-mails restent inchangés.',
  itWasMe: 'C’était moi\u00a0: voir ce que je recevrais',

  agree: 'Ce que vous accepteriez',
  agreeMeans:
    '{sender} ({company}) vous enverrait ceci par e-mail, comme l’indique sa politique de confidentialité. Vous pouvez retirer votre accord à tout moment, en un clic dans chaque e-mail.',
  notice: 'Lire la politique de confidentialité ({notice}, version\u00a0{version})',

  confirmedTitle: 'Confirmé · {sender}',
  confirmed: 'Votre abonnement est confirmé',
  confirmedMeans: '{sender} peut désormais envoyer ces e-mails à {address|votre adresse}.',
  before: 'Vous avez déjà confirmé',
  beforeMeans: '{sender} peut envoyer ces e-mails à {address|votre adresse}. Il n’y a rien d’autre à faire.',
  withheld: 'Votre réponse est enregistrée',
  withheldMeans:
    '{sender} ne peut pourtant pas envoyer ces e-mails à {address|votre adresse}\u00a0: autre chose les retient.',
  back: 'Retour à {backHost}',
  mistake: 'Ce n’était pas voulu\u00a0?',
  takeBack: 'Retirer mon accord',
  yours: 'À conserver',
  receiptMeans:
    'Un reçu signé indique ce que vous avez accepté, quand, et ce qui vous a été montré. Il ne contient aucune adresse.',
  receiptHere: 'Vous pouvez le télécharger ici pendant une demi-heure, puis depuis vos données.',
  receipt: 'Télécharger le reçu',
  choose: 'Choisir ce que vous recevez',

  offTitle: 'Aucun abonnement · {sender}',
  refused: 'Vous n’êtes pas abonné(e)',
  refusedMeans:
    'La demande a pris fin. {sender} ne peut pas envoyer ces e-mails à {address|votre adresse}, ni vous adresser d’autre demande pendant 30\u00a0jours.',
  ended: 'Vous vous êtes désabonné(e)',
  endedMeans: '{sender} n’envoie plus ces e-mails à {address|votre adresse}.',
  lateTitle: 'Trop tard · {sender}',
  late: 'Ce lien a expiré',
  lateMeans:
    'Il a fonctionné pendant 7\u00a0jours. Rien n’a été changé\u00a0: {sender} ne peut pas envoyer ces e-mails à {address|votre adresse}.',
  lateStays: 'Il a fonctionné pendant 7\u00a0jours. Rien n’a été changé.',
  sentTitle: 'Consultez votre boîte de réception · {sender}',
  sent: 'Consultez votre boîte de réception',
  sentMeans:
    'Si une confirmation peut être envoyée, elle est en route vers {address|votre adresse}. Rien n’est activé avant que vous n’y appuyiez sur le bouton. Il y a au plus trois e-mails de ce type par jour.',
  afterAll: 'Souhaitez-vous finalement ces e-mails\u00a0?',
  afterAllMeans:
    'Nous envoyons un nouveau lien à la même adresse. Rien d’autre ne change avant que vous n’y confirmiez.',
  again: 'Envoyer une nouvelle confirmation',
} satisfies Translated<typeof en>
