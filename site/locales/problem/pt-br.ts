import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  whatToDo: 'O que você pode fazer',
  invalid: 'Este link não funciona',
  invalidWhy: 'Talvez falte uma parte: programas de e-mail às vezes cortam links longos. Nada foi alterado.',
  invalidCopy: 'Copie o link inteiro do e-mail, até a última letra, e abra-o novamente.',
  invalidAnswer: 'Ou responda ao e-mail e peça ao remetente que retire você da lista.',
  unavailable: 'Isso não funcionou agora',
  unavailableWhy:
    'A falha é nossa, não sua. Não considere nada como feito ainda e tente de novo em um minuto. Fazer duas vezes não causa problema.',
  retry: 'Tentar novamente',
  busy: 'Foram vezes demais em pouco tempo',
  busyWhy: 'Nada foi alterado. Espere um minuto e tente novamente.',
  limited: 'Isso foi alterado vezes demais hoje',
  limitedWhy:
    'Os links dos e-mails só permitem alterar ou desfazer algo um número limitado de vezes por dia. Nada foi alterado agora. Volta a funcionar a partir de {again}.',
  limitedStop: 'Cancelar a inscrição e pausar sempre funcionam.',
  tooLarge: 'Era muita coisa para ler',
  tooLargeWhy: 'O formulário continha mais do que cabe nele. Nada foi alterado. Abra a página novamente.',
  expired: 'Tarde demais para desfazer',
  expiredWhy: 'Só é possível desfazer pouco tempo depois do cancelamento. Nada foi alterado agora.',
  signUpAgain: 'Se quiser receber estes e-mails de novo, inscreva-se novamente com o remetente.',
  gone: 'Estes e-mails não existem mais',
  goneWhy: 'O remetente não envia mais aquilo para que este link servia, então não há nada para cancelar.',
  goneNewest: 'Se ainda chegar algo, use o link no fim do e-mail mais recente.',
  formFull: 'Este formulário está completo por hoje',
  formFullWhy:
    'Ele aceita só um número limitado de inscrições por dia. Nada foi enviado nem guardado. Tente de novo amanhã.',
  formEnded: 'Este formulário não é mais usado',
  formEndedWhy: 'O remetente o encerrou. Nada foi enviado nem guardado.',
  unconfirmed: 'Não há nada para confirmar aqui',
  unconfirmedWhy: 'Aquilo para que este link servia chegou ao fim. Nada foi alterado.',
  notFound: 'Esta página não existe',
  notFoundWhy: 'Talvez o endereço tenha um erro de digitação. Nada foi alterado.',
  notFoundCopy:
    'Se você veio de um e-mail, abra o link dele novamente ou copie-o inteiro, até a última letra.',
} satisfies Translated<typeof en>
