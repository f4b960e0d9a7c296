import type { Words } from '../words.ts'

/** French, with vous. A name never follows « de » or « que », which would have to be cut short before a vowel. */
export const fr: Words = {
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
}
