import type { Words } from '../words.ts'

/** Brazilian Portuguese, with você. */
export const ptBr: Words = {
  subject: sender => `Confirme, por favor: e-mails de ${sender}`,
  preview: 'Diga sim e você receberá estes e-mails. Se não fizer nada, nada muda.',
  heading: sender => `${sender} pode escrever para você?`,
  asked: (day, sender, source) =>
    `Em ${day}, alguém informou seu endereço${source ? ` em ${source}` : ''} para receber estes e-mails de ${sender}:`,
  ifYou: 'Se foi você, confirme, por favor.',
  yes: 'Sim, quero receber estes e-mails',
  hint: day =>
    `O link abre uma página e funciona até ${day}. Nada muda até você clicar no botão que está lá.`,
  byHand: 'Se o botão não funcionar, abra este endereço:',
  silence: 'Se você não fizer nada, nada muda. Este é o único e-mail sobre este pedido.',
  no: 'Não fui eu',
  noMeans: sender =>
    `O pedido é encerrado e, por 30\u00a0dias, nenhum novo pedido de ${sender} chegará a você.`,
  notice: (name, version) => `Aviso de privacidade (${name}, versão\u00a0${version})`,
  takeBack: 'Você pode retirar seu consentimento a qualquer momento, com um clique em cada e-mail.',
  carried: sender => `Enviado por ${sender}, entregue por Floe.`,
}
