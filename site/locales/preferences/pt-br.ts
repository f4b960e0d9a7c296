import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  heading: 'Preferências de e-mail',
  choose: 'Escolha quais e-mails de {sender} você quer receber em {address|seu endereço}.',
  mailFor: 'Estes são os e-mails de {sender} para {address|você}.',
  saved: 'Salvo',
  ended: 'Você não receberá mais: {ended}',
  stopped: 'Você cancelou todas as inscrições. Remetente: {sender}',
  spoken: 'O idioma foi alterado.',
  stale: 'Já estava desativado antes: {stale}',
  nothing: 'Não havia nada para alterar.',
  asked: 'Confira sua caixa de entrada',
  askedMeans:
    'Se pudermos enviar uma confirmação, ela está a caminho de {address|você}. Nada é ativado antes de você confirmar. Enviamos no máximo três e-mails desse tipo por dia.',
  undone: 'Alteração desfeita',
  undoneMeans: 'O que seu último passo mudou voltou a ser como antes.',
  undo: 'Desfazer',
  refused: 'O restante não foi alterado. Tente novamente mais tarde.',
  off: 'Todos os e-mails de {sender} abaixo estão desativados.',
  stillRequired: 'O que está marcado como obrigatório ainda pode chegar.',
  paused: 'Em pausa até {pausedUntil}.',
  pausedMeans: 'Até lá, só chega o que está marcado como obrigatório.',
  pausedAfter: 'Depois disso, os e-mails marcados abaixo voltam.',
  topics: 'E-mails',
  save: 'Salvar alterações',
  stop: 'Cancelar todas as inscrições',
  stopMeans: 'Isso inclui os e-mails que {sender} adicionar depois.',
  pause: 'Pausar os e-mails',
  pauseLonger: 'Prolongar a pausa',
  days: { one: '{count} dia', other: '{count} dias' },
  askMeans:
    'Para ativar um e-mail, primeiro enviamos um link de confirmação. Nada é ativado antes de você confirmar.',
  back: 'Inscrever-se de novo',
  backMeans:
    'Um link em um e-mail só pode cancelar, para que ninguém que o obtenha possa inscrever você. Para receber algo de novo, inscreva-se novamente com o remetente, {sender}, quando quiser.',
  blockedMeans:
    'Alguns destes e-mails não podem ser reativados nem aqui nem com uma nova inscrição. O que os impede, e o que disso você pode retirar, está na página dos seus dados, pelo link no fim desta página.',
  gpc: 'Seu navegador pede que seus dados não sejam vendidos nem compartilhados (Global Privacy Control).',
  gpcSoon: 'Isso é respeitado aqui e registrado com o que você fizer a seguir.',
  gpcRecord: 'Registrar agora',
  gpcRecorded: 'Registrado para {sender}: seus dados não podem ser vendidos nem compartilhados.',
  language: 'Idioma',
  why: 'Por que recebo estes e-mails?',
  whyMeans:
    'Este link pode ter sido repassado. Por isso o motivo, e o que foi escolhido, quando e onde, só aparecem depois de um e-mail para o seu próprio endereço.',

  runtime: {
    leaving: 'Será desativado',
    off: 'Desativado',
    pending: 'Não confirmado',
    pendingWhy: 'Solicitado; não é enviado antes de você confirmar pelo link do e-mail sobre isso.',
    required: 'Obrigatório',
    requiredWhy:
      'Enviado por causa de algo que você fez, como um pedido; por isso não pode ser desativado aqui.',
    ask: 'Ativar',
  },
} satisfies Translated<typeof en>
