import type { Words } from '../preferences.ts'

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

  told: {
    on: 'Activé',
    leaving: 'Désactivé une fois enregistré',
    offSince: 'Désactivé depuis le {day}',
    never: 'Non abonné',
    pending: 'Non confirmé',
    pendingWhy: 'Demandé\u00a0; rien n’est envoyé avant que vous ne confirmiez par le lien reçu à ce sujet.',
    required: 'Nécessaire',
    requiredWhy:
      'Envoyé uniquement à la suite de quelque chose que vous avez fait, comme une commande\u00a0; ne peut donc pas être désactivé ici.',
  },
} satisfies Words
