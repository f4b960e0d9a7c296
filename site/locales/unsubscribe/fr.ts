import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** French, with vous. A sender’s name never follows « de » or « que », which would have to be cut short before a vowel. */
export default {
  title: 'Se désabonner de «\u00a0{topic}\u00a0» · {sender}',
  heading: 'Vous désabonner de «\u00a0{topic}\u00a0»\u00a0?',
  sends: '{sender} ne pourra ensuite plus l’envoyer à {address|votre adresse}.',
  leave: 'Se désabonner',
  stopAll: 'Se désabonner de tous les e-mails envoyés par {sender}',
  already: 'Vous êtes déjà désabonné(e)',
  alreadyTopic: '{sender} n’envoie plus «\u00a0{topic}\u00a0» à {address|votre adresse}.',
  alreadyAll:
    'Aucune actualité ni offre envoyée par {sender} ne part vers {address|votre adresse}. Il n’y a rien d’autre à faire.',
  instead: 'Choisir plutôt ce que vous recevez',
  hint: 'Rien ne change tant que vous n’appuyez pas sur un bouton.',
  seeOff: 'Voir ce qui est désactivé',

  owedTitle: '{topic} · {sender}',
  owed: '«\u00a0{topic}\u00a0» ne peut pas être désactivé ici',
  owedMeans:
    '{sender} envoie ces e-mails à {address|votre adresse} à la suite de quelque chose que vous avez fait, comme une commande. Ils continuent d’arriver, quel que soit votre choix ici.',
  owedAsk:
    'Si vous ne les voulez pas, demandez à {sender}\u00a0: répondez à l’un de ces e-mails ou écrivez-leur.',
  owedNoted: 'Votre choix est enregistré.',
  keptMeans: 'Ceci prend effet dès maintenant. Nous ne pouvons pas en afficher davantage pour le moment.',

  doneTitle: 'Désabonnement effectué · {sender}',
  done: 'Vous êtes désabonné(e)',
  doneTopic: '{sender} n’enverra plus «\u00a0{topic}\u00a0» à {address|votre adresse}.',
  doneAll: 'Vous êtes désabonné(e) de tout',
  doneAllMeans: '{sender} n’enverra plus aucune actualité ni offre à {address|votre adresse}.',
  before: 'Vous étiez déjà désabonné(e)',
  beforeTopic:
    '{sender} n’envoie plus «\u00a0{topic}\u00a0» à {address|votre adresse}. Il n’y avait rien à changer.',
  beforeAll:
    'Aucune actualité ni offre envoyée par {sender} ne part vers {address|votre adresse}. Il n’y avait rien à changer.',
  effective: 'C’est effectif dès maintenant. Un e-mail déjà en route peut encore arriver.',
  needed: 'Le désabonnement n’arrête pas les e-mails sur vos commandes ou votre compte.',
  mistake: 'Ce n’était pas voulu\u00a0?',
  undo: 'Annuler',
  still: 'Choisir ce que vous recevez encore',

  undoneTitle: 'Annulé · {sender}',
  undone: 'C’est annulé',
  undoneTopic:
    '{topic}, envoyé par {sender} à {address|votre adresse}\u00a0: tout est comme si vous n’aviez jamais appuyé.',
  undoneAll:
    '{sender} peut écrire à {address|votre adresse} comme avant. Ce que vous aviez désactivé auparavant le reste.',
  undoneStays:
    'Votre dernière action est annulée. Les e-mails envoyés par {sender} à {address|votre adresse} restent toutefois désactivés, en raison d’une décision prise à un autre moment par vous ou par l’expéditeur.',
  changedMind: 'Vous avez changé d’avis\u00a0?',
  again: 'Se désabonner à nouveau',
} satisfies Translated<typeof en>
