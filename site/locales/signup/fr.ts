import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. */
export default {
  title: 'E-mails envoyés par {sender}',
  heading: 'Recevoir les e-mails envoyés par {sender}',
  lead: 'Un e-mail envoyé à votre adresse vous demande de confirmer. Rien n’est activé avant que vous n’appuyiez sur le bouton qu’il contient.',
  badAddress: 'Ce n’est pas une adresse e-mail. Veuillez la vérifier.',
  noTopic: 'Veuillez choisir au moins un thème.',
  trapped:
    'Un champ que personne ne voit a été rempli, peut-être par votre navigateur. Il est de nouveau vide\u00a0: veuillez appuyer encore une fois sur le bouton.',
  agree: 'Ce que vous acceptez',
  agreeMeans:
    '{sender} ({company}) vous envoie ceci par e-mail. Vous pouvez revenir sur votre accord à tout moment, en un clic dans chaque e-mail.',

  runtime: {
    address: 'Votre adresse e-mail',
    choose: 'Que souhaitez-vous recevoir\u00a0?',
    send: 'S’abonner',
    empty: 'Laissez ce champ vide',
    notice: 'Lire la notice ({notice}, version {version})',
  },
} satisfies Translated<typeof en>
