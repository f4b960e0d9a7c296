import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  confirmation: {
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
  },
  access: {
    subject: sender => `Abra seus dados: ${sender}`,
    preview: 'O link funciona uma única vez, por 15 minutos.',
    heading: sender => `Veja o que ${sender} guarda sobre você`,
    asked: sender =>
      `Alguém informou seu endereço na sua página em ${sender} para ver, levar, corrigir ou apagar os dados guardados sobre você.`,
    yes: 'Abrir meus dados',
    hint: () =>
      'O link abre uma página e funciona uma única vez, por 15\u00a0minutos após o envio deste e-mail. Nada é mostrado até você clicar no botão que está lá.',
    silence:
      'Se não foi você, não faça nada: ninguém verá nada. Não encaminhe este e-mail, pois quem o tiver pode abrir seus dados.',
  },
  correction: {
    subject: sender => `Confirme, por favor, seu novo endereço: ${sender}`,
    preview: 'Diga sim e este endereço toma o lugar do antigo.',
    heading: sender => `${sender} pode usar este endereço para você?`,
    asked: sender =>
      `Alguém pediu a ${sender} que use, de agora em diante, este endereço no lugar de um anterior.`,
    yes: 'Ver e confirmar',
    hint: day =>
      `O link abre uma página e funciona até ${day}. Nada muda enquanto você não clicar no botão que está lá.`,
    silence: 'Se não foi você, não faça nada ou diga isso naquela página: este endereço fica de fora.',
  },
  footer: {
    unsubscribe: 'Cancelar inscrição',
    preferences: 'Escolher o que você recebe',
    subscribed: (topic, sender) =>
      `Você recebe este e-mail porque seu endereço está na lista “${topic}”. Remetente: ${sender}`,
    owed: (topic, sender) => `Você recebe este e-mail como cliente. Remetente: ${sender}, ${topic}`,
    sentBy: company => `Enviado por ${company}`,
  },
} satisfies Translated<typeof en>
