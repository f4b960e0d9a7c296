import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  title: 'Confirmar os e-mails de {sender}',
  heading: '{sender} pode escrever para você?',
  asked:
    'Alguém pediu que estes e-mails sejam enviados para {address|você}. Nada muda até você dizer sim aqui.',
  yes: 'Sim, quero receber estes e-mails',
  no: 'Não fui eu',
  hint: 'Nada muda até você clicar em um botão. O link funciona por 7\u00a0dias.',

  refuseTitle: 'Não foi você? · {sender}',
  notYou: 'Não foi você?',
  notYouMeans:
    'Alguém pediu que estes e-mails sejam enviados para {address|você}. Se não foi você, avise aqui.',
  refuseMeans:
    '“Não fui eu” encerra o pedido: {sender} não poderá enviar estes e-mails para {address|você} nem fazer outro pedido por 30\u00a0dias. Os outros e-mails continuam como estão.',
  refuseKeeps:
    '“Não fui eu” encerra o pedido: {sender} não poderá enviar estes e-mails para {address|você}, exceto o que você já havia confirmado, nem fazer outro pedido por 30\u00a0dias. Os outros e-mails continuam como estão.',
  itWasMe: 'Fui eu: ver o que eu receberia',

  agree: 'Com o que você concordaria',
  agreeMeans:
    '{sender} ({company}) enviaria isto a você por e-mail, como diz o seu aviso. Você pode retirar seu consentimento a qualquer momento, com um clique em cada e-mail.',
  notice: 'Ler o aviso ({notice}, versão {version})',

  confirmedTitle: 'Confirmado · {sender}',
  confirmed: 'Sua inscrição está confirmada',
  confirmedMeans: '{sender} agora pode enviar estes e-mails para {address|você}.',
  before: 'Você já tinha confirmado',
  beforeMeans: '{sender} pode enviar estes e-mails para {address|você}. Não há mais nada a fazer.',
  withheld: 'Sua resposta foi registrada',
  withheldMeans:
    'Mesmo assim, {sender} não pode enviar estes e-mails para {address|você}: outra coisa os impede.',
  back: 'Voltar para {backHost}',
  mistake: 'Não era isso que você queria?',
  takeBack: 'Retirar meu consentimento',
  yours: 'Para guardar',
  receiptMeans:
    'Um recibo assinado diz com o que você concordou, quando e o que foi mostrado a você. Ele não contém nenhum endereço.',
  receiptHere: 'Pode ser baixado aqui por meia hora e, depois, nos seus dados.',
  receipt: 'Baixar o recibo',
  choose: 'Escolher o que você recebe',

  offTitle: 'Sem inscrição · {sender}',
  refused: 'Você não está inscrito(a)',
  refusedMeans:
    'O pedido foi encerrado. {sender} não pode enviar estes e-mails para {address|você} nem fazer outro pedido por 30\u00a0dias.',
  ended: 'Você cancelou a inscrição',
  endedMeans: '{sender} não envia mais estes e-mails para {address|você}.',
  lateTitle: 'Tarde demais · {sender}',
  late: 'Este link expirou',
  lateMeans:
    'Ele funcionou por 7\u00a0dias. Nada foi alterado: {sender} não pode enviar estes e-mails para {address|você}.',
  lateStays: 'Ele funcionou por 7\u00a0dias. Nada foi alterado.',
  sentTitle: 'Veja sua caixa de entrada · {sender}',
  sent: 'Veja sua caixa de entrada',
  sentMeans:
    'Se uma confirmação puder ser enviada, ela está a caminho de {address|você}. Nada é ativado antes de você clicar no botão dela. São no máximo três e-mails desse tipo por dia.',
  afterAll: 'Quer receber estes e-mails afinal?',
  afterAllMeans: 'Enviamos um novo link para o mesmo endereço. Nada mais muda até você confirmar lá.',
  again: 'Enviar uma nova confirmação',
} satisfies Translated<typeof en>
