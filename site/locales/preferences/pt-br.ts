import type { Words } from '../preferences.ts'

/** Brazilian Portuguese, with você. */
export default {
  heading: 'O que {sender} pode enviar para você',
  saved: 'Salvo.',
  savedMeans: 'Sua escolha já está valendo.',
  off: 'Tudo está desativado.',
  offMeans:
    '{sender} não pode enviar para {address|você} nenhum dos e-mails abaixo, exceto o que está marcado como necessário.',
  paused: 'Em pausa até {pausedUntil}.',
  pausedMeans: 'Até lá, só chega o que está marcado como necessário.',
  pausedAfter: 'Depois disso, o que está ativado abaixo volta a chegar sozinho.',
  mailFor: 'Estes são os e-mails para {address|você}.',
  untick: 'Desmarque o que você não quer mais e salve.',
  topics: 'Assuntos',
  save: 'Salvar',
  break: 'Precisa de uma pausa?',
  pauseFor: 'Pausar tudo por',
  days: { one: '{count} dia', other: '{count} dias' },
  pause: 'Pausar',
  done: 'Não quer mais nada?',
  doneMeans: 'Isto desativa todos os assuntos, inclusive os que {sender} adicionar depois.',
  stop: 'Parar tudo',
  back: 'Voltar',
  backMeans:
    'Um link em um e-mail só pode diminuir os e-mails, para que ninguém que o obtenha possa inscrever você. Para reativar algo, inscreva-se novamente com o remetente, {sender}, quando quiser.',

  told: {
    on: 'Ativado',
    leaving: 'Desativado ao salvar',
    offSince: 'Desativado desde {day}',
    never: 'Sem inscrição',
    pending: 'Não confirmado',
    pendingWhy: 'Solicitado; não é enviado antes de você confirmar pelo link do e-mail sobre isso.',
    required: 'Necessário',
    requiredWhy:
      'Enviado apenas por causa de algo que você fez, como um pedido; por isso não pode ser desativado aqui.',
  },
} satisfies Words
