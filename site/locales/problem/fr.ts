import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. */
export default {
  whatToDo: 'Ce que vous pouvez faire',
  invalid: 'Ce lien ne fonctionne pas',
  invalidWhy:
    'Il en manque peut-être une partie\u00a0: les logiciels de messagerie coupent parfois les longs liens. Rien n’a été changé.',
  invalidCopy:
    'Copiez le lien de l’e-mail en entier, jusqu’au tout dernier caractère, et ouvrez-le à nouveau.',
  invalidAnswer: 'Ou répondez à l’e-mail et demandez à l’expéditeur de vous retirer de ses envois.',
  unavailable: 'Cela n’a pas fonctionné à l’instant',
  unavailableWhy:
    'La faute nous revient, pas à vous. Ne considérez rien comme fait pour le moment et réessayez dans une minute. Le faire deux fois ne pose aucun problème.',
  retry: 'Réessayer',
  busy: 'C’était un peu trop souvent',
  busyWhy: 'Rien n’a été changé. Veuillez attendre une minute, puis réessayer.',
  limited: 'Cela a été changé trop souvent aujourd’hui',
  limitedWhy:
    'Les liens des e-mails ne permettent qu’un nombre limité de changements ou d’annulations par jour. Rien n’a été changé maintenant. Cela fonctionnera de nouveau à partir du {again}.',
  limitedStop: 'Se désabonner et mettre en pause restent toujours possibles.',
  tooLarge: 'Il y avait trop à lire',
  tooLargeWhy:
    'Le formulaire contenait plus qu’il ne peut accueillir. Rien n’a été changé. Veuillez rouvrir la page.',
  expired: 'Trop tard pour annuler',
  expiredWhy: 'Un désabonnement ne peut être annulé que peu de temps après. Rien n’a été changé à présent.',
  signUpAgain: 'Si vous souhaitez à nouveau ces e-mails, réinscrivez-vous auprès de l’expéditeur.',
  gone: 'Ces e-mails n’existent plus',
  goneWhy:
    'L’expéditeur n’envoie plus ce à quoi ce lien correspondait\u00a0: il n’y a plus rien dont se désabonner.',
  goneNewest: 'Si vous recevez encore quelque chose, utilisez le lien à la fin de l’e-mail le plus récent.',
  formFull: 'Ce formulaire est complet pour aujourd’hui',
  formFullWhy:
    'Il n’accepte qu’un nombre limité d’inscriptions par jour. Rien n’a été envoyé ni conservé. Veuillez réessayer demain.',
  formEnded: 'Ce formulaire n’est plus utilisé',
  formEndedWhy: 'L’expéditeur l’a retiré. Rien n’a été envoyé ni conservé.',
  unconfirmed: 'Il n’y a rien à confirmer ici',
  unconfirmedWhy: 'Ce à quoi ce lien servait a pris fin. Rien n’a été changé.',
  notFound: 'Cette page n’existe pas',
  notFoundWhy: 'L’adresse contient peut-être une faute de frappe. Rien n’a été changé.',
  notFoundCopy:
    'Si vous venez d’un e-mail, ouvrez à nouveau son lien ou copiez-le en entier, jusqu’au tout dernier caractère.',
} satisfies Translated<typeof en>
