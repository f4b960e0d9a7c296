import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

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
  blockedMeans:
    'Alguns destes e-mails não podem ser reativados nem aqui nem com uma nova inscrição. O que os impede, e o que disso você pode retirar, está na página dos seus dados, pelo link no fim desta página.',

  ended: 'Desativado: {ended}',
  stale: 'Desativado em outro lugar nesse meio-tempo e mantido assim: {stale}',
  nothing: 'Nada precisou mudar.',
  asked: 'Veja sua caixa de entrada.',
  askedMeans:
    'Se uma confirmação puder ser enviada, ela está a caminho de {address|você}. Nada é ativado antes de você clicar no botão dela. São no máximo três e-mails desse tipo por dia.',
  undone: 'Desfeito.',
  undoneMeans: 'O que seu último passo mudou voltou a ser como antes.',
  undo: 'Desfazer',
  undoFor: 'Você pode voltar atrás por meia hora.',
  pausedEnds: 'A pausa termina sozinha nesse dia. Só “Desfazer”, logo depois de pausar, termina antes.',
  askMeans:
    'Um link em um e-mail só pode diminuir os e-mails. Para ativar algo, primeiro enviamos um botão por e-mail, e nada é enviado antes de você clicar nele.',
  gpc: 'Seu navegador pede que nada sobre você seja vendido nem compartilhado (Global Privacy Control).',
  gpcSoon: 'Isso é respeitado aqui e registrado com o que você fizer a seguir.',
  gpcRecord: 'Registrar agora',
  gpcRecorded: 'Registrado para {sender}: nada sobre você pode ser vendido nem compartilhado.',
  language: 'Idioma',
  languageLabel: 'Mostrar estas páginas e e-mails em',
  languageSave: 'Alterar',
  history: 'O que foi escolhido antes',
  historyMeans:
    'O motivo destes e-mails e o que foi escolhido, quando e onde, só aparecem depois de um e-mail para o seu próprio endereço: este link pode ter sido repassado.',

  runtime: {
    on: 'Ativado',
    leaving: 'Desativado ao salvar',
    off: 'Desativado',
    pending: 'Não confirmado',
    pendingWhy: 'Solicitado; não é enviado antes de você confirmar pelo link do e-mail sobre isso.',
    required: 'Necessário',
    requiredWhy:
      'Enviado apenas por causa de algo que você fez, como um pedido; por isso não pode ser desativado aqui.',
    ask: 'Ativar por e-mail',
  },
} satisfies Translated<typeof en>
