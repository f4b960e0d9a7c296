import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. */
export default {
  about: 'À propos de Floe',
  language: 'Langue',
  names: {
    privacy: 'Confidentialité',
    changes: 'Ce qui a changé',
    rights: 'Vos droits',
    accessibility: 'Accessibilité',
    companies: 'Entreprises avec lesquelles nous travaillons',
  },
  front: {
    title: 'Votre parole sur le courrier, respectée',
    description:
      'Quand vous vous désabonnez, l’expéditeur qui interroge Floe avant l’e-mail suivant reçoit un non.',
    lead: 'Les entreprises qui vous écrivent utilisent Floe pour retenir ce que vous voulez d’elles et ce que vous ne voulez pas.',
    effect:
      'Quand vous vous désabonnez, l’effet est immédiat\u00a0: l’expéditeur qui interroge Floe avant l’e-mail suivant reçoit un non. Il ne vous faut ni compte ni mot de passe.',
    nothing:
      'Il n’y a rien à faire sur cette page. Votre propre page s’ouvre par les liens à la fin des messages que vous recevez.',
    documentation: 'Pour les entreprises qui envoient des messages : la documentation, en anglais',
  },
  notice: {
    title: 'Avis de confidentialité',
    description: 'Ce que Floe traite à votre sujet, pourquoi, combien de temps, et ce que vous pouvez faire.',
    standing: 'Version {version}, en vigueur depuis le {date}',
    old: 'Ceci est une version antérieure. Elle reste ici parce que des consentements y renvoient.',
    current: 'Lire la version actuelle',
    translation: 'Ceci est une traduction. Le texte anglais fait foi.',
    untranslated: 'Cette version n’a été publiée qu’en anglais.',
    english: 'Lire le texte anglais',
    versions: 'Toutes les versions',
    version: 'Version {version}',
    file: 'Le texte en fichier',
    digest: 'Son empreinte SHA-256, par laquelle les consentements y renvoient',
  },
  changes: {
    title: 'Ce qui a changé',
    description:
      'Ce qui a changé entre les versions de l’avis de confidentialité, en mots et ligne par ligne.',
    lead: 'Chaque version de l’avis de confidentialité reste telle qu’elle a été publiée. Voici ce qui a changé de l’une à l’autre.',
    between: 'De la version {old} à la version {new}',
    since: 'En vigueur depuis le {date}',
    text: 'Dans le texte',
    compared: 'C’est le texte anglais, qui fait foi, que l’on compare.',
    added: 'Ajouté :',
    removed: 'Supprimé :',
    same: { one: '{count} paragraphe est inchangé', other: '{count} paragraphes sont inchangés' },
  },
  rights: {
    title: 'Vos droits, loi par loi',
    description:
      'Quelle loi vous donne quels droits sur le courrier et vos données, et le délai d’une réponse.',
    lead: 'La loi applicable dépend du lieu où vous vivez et de qui vous écrit. Floe compte les délais des lois que l’expéditeur a indiquées, et ceux du RGPD s’il n’en a indiqué aucune.',
    here: 'Avec Floe',
    stop: 'Un désabonnement prend effet aussitôt, et son lien n’expire pas de lui-même.',
    self: 'Vous consultez, rectifiez, emportez et effacez vos données vous-même : ouvrez votre page par le lien à la fin d’un message et choisissez « Vos données ».',
    optOut: 'Le courrier cesse sous',
    link: 'Un lien de désabonnement fonctionne',
    answer: 'Réponse aux demandes sous',
    acknowledge: 'Accusé de réception sous',
    extension: 'Prolongation dans les cas difficiles',
    articles: 'Où c’est écrit',
    businessDays: { one: '{count} jour ouvré', other: '{count} jours ouvrés' },
    advice:
      'Les délais sont ceux de la loi à la date de cette version. Cette page informe et n’est pas un conseil juridique.',
    laws: {
      eu: {
        name: 'Union européenne : RGPD',
        says: 'Vous pouvez consulter, rectifier, effacer et emporter vos données, en faire limiter l’usage, vous opposer à tout moment à la publicité et retirer un consentement aussi simplement que vous l’avez donné.',
      },
      uk: {
        name: 'Royaume-Uni : UK GDPR et PECR',
        says: 'Les droits sont ceux du RGPD. La publicité par e-mail exige votre consentement, ou que vous soyez client et qu’on vous ait offert de refuser.',
      },
      us_ca: {
        name: 'Californie : CCPA',
        says: 'Vous pouvez connaître, rectifier et supprimer ce qui est conservé à votre sujet, et refuser sa vente et son partage. Global Privacy Control vaut un tel refus.',
      },
      us_canspam: {
        name: 'États-Unis : CAN-SPAM',
        says: 'Tout message publicitaire doit offrir un moyen de s’en défaire, gratuit, qui n’exige qu’une réponse ou une seule page.',
      },
      ca_casl: {
        name: 'Canada : LCAP',
        says: 'Un message commercial exige votre consentement, exprès ou tacite, doit nommer l’expéditeur et offrir un moyen de se désabonner.',
      },
      ca_pipeda: {
        name: 'Canada : LPRPDE',
        says: 'Vous pouvez consulter ce qui est conservé à votre sujet et le faire rectifier.',
      },
      br: {
        name: 'Brésil : LGPD',
        says: 'Vous pouvez savoir ce qui est conservé à votre sujet, le consulter, le rectifier, l’emporter et le supprimer, et retirer un consentement.',
      },
      au: {
        name: 'Australie : Spam Act',
        says: 'Un message commercial exige votre consentement, doit nommer l’expéditeur et offrir un désabonnement sans frais ni connexion.',
      },
    },
  },
  accessibility: {
    title: 'Accessibilité',
    description:
      'À quel point ces pages sont accessibles, comment c’est vérifié, et que faire si quelque chose ne va pas.',
    lead: 'Chacun doit pouvoir dire ce qu’il veut et être compris. Ces pages sont faites pour satisfaire aux WCAG 2.2, niveau AA. C’est notre propre évaluation ; personne d’extérieur ne l’a certifiée.',
    how: 'Comment c’est vérifié',
    tests: {
      machine:
        'Un programme (axe) cherche des défauts sur chaque page, dans chaque langue, en clair et en sombre.',
      keyboard:
        'Chaque choix est fait dans un vrai navigateur au clavier seul, puis de nouveau sans JavaScript.',
      screen:
        'Les pages sont regardées à partir de 320 pixels, avec un texte deux fois plus grand, de droite à gauche, en couleurs forcées et sur papier.',
      contrast:
        'Les couleurs des expéditeurs sont corrigées jusqu’à ce que chaque texte ait un contraste d’au moins 4,5 pour 1.',
    },
    limits: 'Ce que nous savons',
    known:
      'Les noms et descriptions sont écrits par les expéditeurs ; ils peuvent être difficiles à lire ou dans une autre langue que la page.',
    feedback: 'Si quelque chose ne va pas',
    contact: 'Écrivez-nous. Dites quelle page et ce que vous vouliez faire ; inutile de dire qui vous êtes.',
  },
  companies: {
    description:
      'Les entreprises qui traitent des données personnelles pour Floe, où elles sont et ce qu’elles font.',
    lead: 'Ces entreprises exploitent des ordinateurs pour Floe. Elles reçoivent, par contrat, ce qu’il leur faut pour cela et rien de plus.',
    country: 'Pays',
    does: 'Ce qu’elle fait',
    edge: 'Livre ces pages et exécute le programme qui est derrière',
    database: 'Conserve la base de données',
    mail: 'Achemine les messages, comme les confirmations',
  },
} satisfies Translated<typeof en>
