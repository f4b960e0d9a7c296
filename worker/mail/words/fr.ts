import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. A name never follows « de » or « que », which would have to be cut short before a vowel. */
export default {
  confirmation: {
    subject: sender => `Merci de confirmer\u00a0: les e-mails envoyés par ${sender}`,
    preview: 'Dites oui et vous recevrez ces e-mails. Ne faites rien et rien ne change.',
    heading: sender => `Autorisez-vous ${sender} à vous écrire\u00a0?`,
    asked: (day, sender, source) =>
      `Le ${day}, quelqu’un a saisi votre adresse${source ? ` sur ${source}` : ''} pour recevoir ces e-mails envoyés par ${sender}\u00a0:`,
    ifYou: 'Si c’était vous, merci de confirmer.',
    yes: 'Oui, je veux recevoir ces e-mails',
    hint: day =>
      `Le lien ouvre une page et fonctionne jusqu’au ${day}. Rien ne change tant que vous n’y avez pas appuyé sur le bouton.`,
    byHand: 'Si le bouton ne fonctionne pas, ouvrez cette adresse\u00a0:',
    silence: 'Si vous ne faites rien, rien ne change. Cet e-mail est le seul au sujet de cette demande.',
    no: 'Ce n’était pas moi',
    noMeans: sender =>
      `La demande prend fin, et ${sender} ne pourra pas vous en adresser d’autre pendant 30\u00a0jours.`,
    notice: (name, version) => `Politique de confidentialité (${name}, version\u00a0${version})`,
    takeBack: 'Vous pouvez retirer votre accord à tout moment, en un clic dans chaque e-mail.',
    carried: sender => `Envoyé par ${sender}, acheminé par Floe.`,
  },
  access: {
    subject: sender => `Ouvrir vos données\u00a0: ${sender}`,
    preview: 'Le lien fonctionne une seule fois, pendant 15 minutes.',
    heading: sender => `Voyez ce que ${sender} conserve sur vous`,
    asked: sender =>
      `Quelqu’un a saisi votre adresse sur votre page chez ${sender} pour voir, emporter, rectifier ou effacer les données conservées sur vous.`,
    yes: 'Ouvrir mes données',
    hint: () =>
      'Le lien ouvre une page et fonctionne une seule fois, pendant 15\u00a0minutes après l’envoi de cet e-mail. Rien n’est montré tant que vous n’y avez pas appuyé sur le bouton.',
    silence:
      'Si ce n’était pas vous, ne faites rien\u00a0: personne ne verra rien. Ne transférez pas cet e-mail, car quiconque l’a peut ouvrir vos données.',
  },
  correction: {
    subject: sender => `Merci de confirmer votre nouvelle adresse\u00a0: ${sender}`,
    preview: 'Dites oui et cette adresse remplace l’ancienne.',
    heading: sender => `Autorisez-vous ${sender} à utiliser cette adresse pour vous\u00a0?`,
    asked: sender =>
      `Quelqu’un a demandé à ${sender} d’utiliser désormais cette adresse à la place d’une ancienne.`,
    yes: 'Voir et confirmer',
    hint: day =>
      `Le lien ouvre une page et fonctionne jusqu’au ${day}. Rien ne change avant que vous y appuyiez sur le bouton.`,
    silence:
      'Si ce n’était pas vous, ne faites rien, ou dites-le sur cette page\u00a0: cette adresse restera alors hors de cause.',
  },
  footer: {
    unsubscribe: 'Se désabonner',
    preferences: 'Choisir ce que vous recevez',
    subscribed: (topic, sender) =>
      `Vous recevez cet e-mail car votre adresse figure sur la liste « ${topic} ». Expéditeur : ${sender}`,
    owed: (topic, sender) => `Vous recevez cet e-mail en tant que client. Expéditeur : ${sender}, ${topic}`,
    sentBy: company => `Envoyé par ${company}`,
  },
} satisfies Translated<typeof en>
