import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. A name never follows « de » or « que ». */
export default {
  heading: 'Ce que {sender} peut vous envoyer',
  saved: 'Enregistré.',
  savedMeans: 'Votre choix est effectif dès maintenant.',
  off: 'Tout est désactivé.',
  offMeans:
    '{sender} ne peut envoyer à {address|votre adresse} aucun des e-mails ci-dessous, sauf ce qui est indiqué comme nécessaire.',
  paused: 'En pause jusqu’au {pausedUntil}.',
  pausedMeans: 'D’ici là, seul arrive ce qui est indiqué comme nécessaire.',
  pausedAfter: 'Ensuite, ce qui est activé ci-dessous arrive de nouveau tout seul.',
  mailFor: 'Voici les e-mails envoyés à {address|votre adresse}.',
  untick: 'Décochez ce que vous ne voulez plus, puis enregistrez.',
  topics: 'Thèmes',
  save: 'Enregistrer',
  break: 'Besoin d’une pause\u00a0?',
  pauseFor: 'Tout mettre en pause pendant',
  days: { one: '{count} jour', other: '{count} jours' },
  pause: 'Mettre en pause',
  done: 'Vous ne voulez plus rien\u00a0?',
  doneMeans: 'Ceci désactive tous les thèmes, y compris ceux ajoutés plus tard par {sender} à sa liste.',
  stop: 'Tout arrêter',
  back: 'Revenir',
  backMeans:
    'Un lien dans un e-mail ne peut que réduire les envois, afin que personne ne puisse vous inscrire en s’en emparant. Pour réactiver un thème, réinscrivez-vous auprès de l’expéditeur, {sender}, sur son site.',
  blockedMeans:
    'Certains de ces e-mails ne peuvent être réactivés ni ici, ni par une nouvelle inscription. Ce qui les bloque, et ce que vous pouvez en retirer, figure sur la page de vos données, par le lien au bas de cette page.',

  ended: 'Désactivé\u00a0: {ended}',
  stale: 'Désactivé ailleurs entre-temps et laissé tel quel\u00a0: {stale}',
  nothing: 'Il n’y avait rien à changer.',
  asked: 'Consultez votre boîte de réception.',
  askedMeans:
    'Si une confirmation peut être envoyée, elle est en route vers {address|votre adresse}. Rien n’est activé avant que vous n’y appuyiez sur le bouton. Il y a au plus trois e-mails de ce type par jour.',
  undone: 'C’est annulé.',
  undoneMeans: 'Ce que votre dernière action avait changé est rétabli.',
  undo: 'Annuler',
  undoFor: 'Vous pouvez revenir sur ce choix pendant une demi-heure.',
  pausedEnds:
    'La pause se termine d’elle-même ce jour-là. Seul «\u00a0Annuler\u00a0», juste après la mise en pause, y met fin plus tôt.',
  askMeans:
    'Un lien dans un e-mail ne peut que réduire les envois. Pour activer un thème, nous vous envoyons d’abord un bouton par e-mail, et rien n’est envoyé avant que vous n’y appuyiez.',
  gpc: 'Votre navigateur demande que rien vous concernant ne soit vendu ni partagé (Global Privacy Control).',
  gpcSoon: 'C’est respecté ici, et enregistré avec votre prochaine action.',
  gpcRecord: 'L’enregistrer maintenant',
  gpcRecorded: 'Enregistré pour {sender}\u00a0: rien vous concernant ne peut être vendu ni partagé.',
  language: 'Langue',
  languageLabel: 'Afficher ces pages et ces e-mails en',
  languageSave: 'Changer',
  history: 'Les choix précédents',
  historyMeans:
    'La raison de ces envois et ce qui a été choisi, quand et où, ne s’affichent qu’après un e-mail à votre propre adresse\u00a0: ce lien a pu être transmis à quelqu’un d’autre.',

  runtime: {
    on: 'Activé',
    leaving: 'Désactivé une fois enregistré',
    off: 'Désactivé',
    pending: 'Non confirmé',
    pendingWhy: 'Demandé\u00a0; rien n’est envoyé avant que vous ne confirmiez par le lien reçu à ce sujet.',
    required: 'Nécessaire',
    requiredWhy:
      'Envoyé uniquement à la suite de quelque chose que vous avez fait, comme une commande\u00a0; ne peut donc pas être désactivé ici.',
    ask: 'Activer par e-mail',
  },
} satisfies Translated<typeof en>
