import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. A name never follows « de » or « que ». */
export default {
  heading: 'Préférences d’e-mail',
  choose: 'Choisissez les e-mails que {address|votre adresse} doit recevoir. Expéditeur\u00a0: {sender}',
  mailFor: 'Voici les e-mails pour {address|votre adresse}. Expéditeur\u00a0: {sender}',
  saved: 'Enregistré',
  ended: 'Vous ne recevrez plus\u00a0: {ended}',
  stopped: 'Vous êtes désinscrit(e) de tous les e-mails. Expéditeur\u00a0: {sender}',
  spoken: 'La langue a changé.',
  stale: 'Déjà désactivé auparavant\u00a0: {stale}',
  nothing: 'Il n’y avait rien à changer.',
  asked: 'Consultez votre boîte de réception',
  askedMeans:
    'Si une confirmation peut être envoyée, elle est en route vers {address|votre adresse}. Rien n’est activé avant votre confirmation. Il y a au plus trois e-mails de ce type par jour.',
  undone: 'C’est annulé',
  undoneMeans: 'Ce que votre dernière action avait changé est rétabli.',
  undo: 'Annuler ce changement',
  refused: 'Le reste n’a pas été changé. Veuillez réessayer plus tard.',
  off: 'Tous les e-mails ci-dessous sont désactivés. Expéditeur\u00a0: {sender}',
  stillRequired: 'Ce qui est indiqué comme obligatoire peut encore arriver.',
  paused: 'En pause jusqu’au {pausedUntil}.',
  pausedMeans: 'D’ici là, seul arrive ce qui est indiqué comme obligatoire.',
  pausedAfter: 'Ensuite, les e-mails cochés ci-dessous reprennent.',
  topics: 'E-mails',
  save: 'Enregistrer',
  stop: 'Se désabonner de tout',
  stopMeans: 'Cela vaut aussi pour les e-mails que l’expéditeur, {sender}, ajoutera plus tard.',
  pause: 'Mettre les e-mails en pause',
  pauseLonger: 'Prolonger la pause',
  days: { one: '{count} jour', other: '{count} jours' },
  askMeans:
    'Pour activer un e-mail, nous vous envoyons d’abord un lien de confirmation. Rien n’est activé avant votre confirmation.',
  back: 'Se réabonner',
  backMeans:
    'Un lien dans un e-mail ne peut que désabonner, afin que personne ne puisse vous inscrire en s’en emparant. Pour recevoir de nouveau un e-mail, réinscrivez-vous auprès de l’expéditeur, {sender}, sur son site.',
  blockedMeans:
    'Certains de ces e-mails ne peuvent être réactivés ni ici, ni par une nouvelle inscription. Ce qui les bloque, et ce que vous pouvez en retirer, figure sur la page de vos données, par le lien au bas de cette page.',
  gpc: 'Votre navigateur demande que vos données ne soient ni vendues ni partagées (Global Privacy Control).',
  gpcSoon: 'C’est respecté ici, et enregistré avec votre prochaine action.',
  gpcRecord: 'L’enregistrer maintenant',
  gpcRecorded: 'Enregistré pour {sender}\u00a0: vos données ne peuvent être ni vendues ni partagées.',
  language: 'Langue',
  why: 'Pourquoi est-ce que je reçois ces e-mails\u00a0?',
  whyMeans:
    'Ce lien a pu être transmis à quelqu’un d’autre. La raison, et ce qui a été choisi, quand et où, ne s’affichent donc qu’après un e-mail à votre propre adresse.',

  runtime: {
    leaving: 'Sera désactivé',
    off: 'Désactivé',
    pending: 'Non confirmé',
    pendingWhy: 'Demandé\u00a0; rien n’est envoyé avant que vous ne confirmiez par le lien reçu à ce sujet.',
    required: 'Obligatoire',
    requiredWhy:
      'Envoyé à la suite de quelque chose que vous avez fait, comme une commande\u00a0; ne peut donc pas être désactivé ici.',
    ask: 'Activer',
  },
} satisfies Translated<typeof en>
