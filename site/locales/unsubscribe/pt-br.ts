import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  title: 'Cancelar a inscrição em “{topic}” · {sender}',
  heading: 'Cancelar a inscrição em “{topic}”?',
  sends: '{sender} não poderá mais enviar isso para {address|você}.',
  leave: 'Cancelar inscrição',
  stopAll: 'Cancelar a inscrição em todos os e-mails de {sender}',
  already: 'Sua inscrição já está cancelada',
  alreadyTopic: '{sender} não envia mais “{topic}” para {address|você}.',
  alreadyAll:
    'Nenhuma novidade nem oferta de {sender} é enviada para {address|você}. Não há mais nada a fazer.',
  instead: 'Em vez disso, escolher o que receber',
  hint: 'Nada muda até você clicar em um botão.',
  seeOff: 'Ver o que está desativado',

  owedTitle: '{topic} · {sender}',
  owed: '“{topic}” não pode ser desativado aqui',
  owedMeans:
    '{sender} envia estes e-mails para {address|você} por causa de algo que você fez, como um pedido. Eles continuam chegando, seja qual for a sua escolha aqui.',
  owedAsk:
    'Se você não quer recebê-los, fale com {sender}: responda a um destes e-mails ou escreva para o remetente.',
  owedNoted: 'Sua escolha foi registrada.',
  keptMeans: 'Isso já está valendo. No momento não podemos mostrar mais.',

  doneTitle: 'Inscrição cancelada · {sender}',
  done: 'Sua inscrição foi cancelada',
  doneTopic: '{sender} não enviará mais “{topic}” para {address|você}.',
  doneAll: 'Você cancelou tudo',
  doneAllMeans: '{sender} não enviará mais novidades nem ofertas de nenhum tipo para {address|você}.',
  before: 'Sua inscrição já estava cancelada',
  beforeTopic: '{sender} não envia mais “{topic}” para {address|você}. Nada precisou mudar.',
  beforeAll: 'Nenhuma novidade nem oferta de {sender} é enviada para {address|você}. Nada precisou mudar.',
  effective: 'Já está valendo. Um e-mail que já estava a caminho ainda pode chegar.',
  needed: 'O cancelamento não interrompe os e-mails sobre seus pedidos ou sua conta.',
  mistake: 'Não era isso que você queria?',
  undo: 'Desfazer',
  still: 'Escolher o que você ainda recebe',

  undoneTitle: 'Desfeito · {sender}',
  undone: 'Desfeito',
  undoneTopic:
    '{topic} de {sender} para {address|você}: tudo está como se você nunca tivesse clicado no botão.',
  undoneAll:
    '{sender} pode escrever para {address|você} como antes. O que você tinha desativado antes continua desativado.',
  undoneStays:
    'Seu último passo foi desfeito. Mesmo assim, os e-mails de {sender} para {address|você} continuam desativados, por algo que você ou o remetente decidiram em outro momento.',
  changedMind: 'Mudou de ideia?',
  again: 'Cancelar a inscrição novamente',
} satisfies Translated<typeof en>
