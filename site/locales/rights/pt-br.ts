import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  toData: 'Ver, corrigir ou apagar seus dados',
  askTitle: 'Seus dados · {sender}',
  ask: 'Seus dados em {sender}',
  askMeans:
    'Veja tudo o que é guardado sobre você, leve consigo, corrija, limite o uso ou mande apagar. O link que trouxe até aqui pode ter sido encaminhado, por isso enviamos antes um e-mail ao seu endereço. O link desse e-mail abre seus dados uma única vez, por 15 minutos.',
  yourAddress: 'Seu endereço de e-mail',
  noAddress: 'Isso não é um endereço de e-mail. Confira, por favor.',
  send: 'Enviar o link para mim',
  look: 'Veja seu e-mail',
  lookMeans:
    'Se esse é o endereço a que esta página pertence, um e-mail com um link está a caminho. Se não chegar em alguns minutos, olhe no lixo eletrônico e confira a grafia. São no máximo três por dia.',
  noMail: 'Daqui não é possível enviar e-mail',
  noMailMeans:
    '{sender} teria de enviar este link e não pode fazer isso daqui. Responda a qualquer um dos e-mails e peça seus dados: lá você tem os mesmos direitos, com os mesmos prazos.',
  toPreferences: 'Voltar ao que você recebe',

  accessTitle: 'Abra seus dados · {sender}',
  access: 'Abrir seus dados?',
  accessMeans:
    'Você verá tudo o que {sender} ({company}) guarda aqui sobre você e poderá mudar ou apagar. O link funciona uma única vez, e o que ele abre se fecha após 15 minutos.',
  open: 'Abrir meus dados',
  accessHint: 'Nada é mostrado até você clicar no botão.',

  used: 'Este link já foi usado',
  usedMeans:
    'Ele funciona uma única vez, para que ninguém que ache o e-mail depois possa abrir seus dados. Nada mudou agora. Se não foi você quem o usou, peça um novo e veja o que aconteceu.',
  ran: 'Este link expirou',
  ranMeans: 'Ele funciona por pouco tempo depois do envio do seu e-mail. Nada mudou agora.',
  over: 'Esta página se fechou',
  overMeans:
    'Ela fica aberta por 15 minutos, ou até seus dados serem apagados ou mudarem de lugar. Nada mudou agora.',
  howNew:
    'Para um novo link, abra no fim de qualquer e-mail do remetente a página em que você escolhe o que recebe e vá ali aos seus dados.',

  title: 'Seus dados · {sender}',
  heading: 'O que é guardado sobre você',
  means:
    'Isto é tudo o que {sender} ({company}) guarda aqui sobre você. A página se fecha após 15 minutos, e nada dela fica neste navegador.',
  done: 'Feito.',
  didRestrict: 'Ninguém de {company} pode usar seus dados agora.',
  didObject: 'Seus dados não são mais usados para enviar publicidade a você.',
  didLift: 'Isso foi desfeito.',
  didLanguage: 'De agora em diante escrevemos a você neste idioma.',
  didRequest: 'Seu pedido está com {sender}, com resposta devida até {due}.',
  didCorrect:
    'Se o novo endereço puder ser consultado, um e-mail está a caminho dele. Nada muda de lugar antes do sim.',

  address: 'Seu endereço',
  addressKept: 'Ele é guardado cifrado, para que se possa escrever a você.',
  addressNot: 'Ele não é guardado aqui: apenas uma forma embaralhada que permite reconhecê-lo.',
  topics: 'Suas assinaturas',
  whyUnknown:
    'Nada aqui diz de onde {sender} tem seu endereço. Você pode perguntar ao remetente e opor-se à publicidade abaixo.',
  stops: 'O que afasta e-mails de você',
  optedOut: 'Registrado em {optedOut} para {sender}: nada sobre você pode ser vendido nem compartilhado.',
  requests: 'Seus pedidos',
  history: 'O que aconteceu, do mais recente',
  historyShow: 'Mostrar o que aconteceu',
  historyOlder: 'Mostrar registros mais antigos',
  historyNewest: 'Voltar aos mais recentes',
  andMore: 'Há mais. A cópia abaixo contém todos.',
  nothing: 'Nada.',

  take: 'Levar consigo',
  takeMeans: 'Tudo, também o que não cabe nesta página, para você guardar ou entregar a outra pessoa.',
  takeJson: 'Para programas (JSON)',
  takePage: 'Para ler (HTML)',

  correct: 'Corrigir seu endereço',
  correctMeans:
    'Primeiro perguntamos ao novo endereço. Quando ele diz sim, tudo vai para lá, também o que afasta e-mails, e o antigo é esquecido.',
  newAddress: 'Novo endereço de e-mail',
  badAddress: 'Isso não é outro endereço de e-mail. Confira, por favor.',
  correctSend: 'Perguntar ao novo endereço',
  language: 'Idioma',
  languageMeans: 'Em que escrevemos a você',
  languageSet: 'Usar este idioma',

  restrict: 'Limitar o uso dos seus dados',
  restrictMeans:
    'Ninguém de {company} pode então enviar nada a você, nem um recibo, até você retirar isso aqui. Seus dados são apenas guardados.',
  restrictSet: 'Limitar',
  restricted: 'O uso está limitado: ninguém de {company} pode enviar nada a você.',
  restrictLift: 'Retirar a limitação',
  object: 'Opor-se à publicidade',
  objectMeans:
    'Seus dados deixam então de ser usados para enviar publicidade. Recibos e similares continuam chegando.',
  objectSender: 'Opor-se em {sender}',
  objectCompany: 'Opor-se em toda {company}',
  objected: 'Você se opôs, e isso vale.',
  objectLift: 'Retirar a oposição',
  refusing:
    'Depois disso, {sender} não pode fazer outro pedido por 30\u00a0dias, seja quem for que inscreva você.',
  refusingLift: 'Permitir que {sender} me pergunte de novo',
  complaining:
    '{sender} não pode enviar nada a você, nem um recibo, até você retirar a reclamação. Alguns programas de e-mail reclamam quando você move um e-mail para o spam.',
  complaintLift: 'Retirar a reclamação',

  more: 'Pedir mais a {sender}',
  moreMeans:
    'O que {sender} guarda em outros lugares não é conhecido aqui. Seu pedido vai para lá com seu endereço, com resposta devida até {due}.',
  what: 'O que você quer',
  wantAccess: 'Digam o que mais guardam sobre mim',
  wantCorrection: 'Algo está errado ou falta',
  wantErasure: 'Apaguem o que guardam em outros lugares',
  message: 'Do que se trata',
  badMessage:
    'Diga, por favor, do que se trata, em até 2000 caracteres. No máximo 10 pedidos esperam ao mesmo tempo.',
  moreSend: 'Enviar o pedido',

  erase: 'Apagar tudo',
  eraseMeans:
    'A próxima página diz o que some e o que fica. Nada acontece antes de você clicar no botão de lá.',
  eraseNext: 'Seguir para apagar',

  eraseTitle: 'Apagar seus dados · {sender}',
  eraseHeading: 'Apagar seus dados?',
  goes: 'Isto some para sempre',
  goesAddress: 'Seu endereço.',
  goesEvidence:
    'A chave de tudo o que mostra como você concordou, como endereços de internet, navegadores e o que você escreveu: ninguém mais pode ler.',
  goesChoices: 'Suas assinaturas, inscrições em aberto, idioma e pedidos.',
  stays: 'Isto fica',
  staysStop:
    'Que ninguém de {company} pode escrever a você, por uma forma embaralhada do seu endereço que não nomeia ninguém.',
  staysLedger: 'Que isso tudo aconteceu, e quando, sem seu endereço e sem o que o mostrava.',
  elsewhere:
    'Pedir também a {sender} que apague até {due} o que guarda em outros lugares. Para isso seu endereço vai para lá e fica cifrado aqui até que esteja feito.',
  noUndo: 'Isto não pode ser desfeito.',
  eraseNow: 'Apagar tudo agora',
  goBack: 'Voltar e manter',

  erasedTitle: 'Apagado · {sender}',
  erased: 'Seus dados foram apagados',
  erasedMeans:
    'Seu endereço, a chave do que mostrava como você concordou e suas escolhas não existem mais. O que fica: ninguém de {company} pode escrever a você, e que isso aconteceu, sem nome.',
  copiesBy:
    'Em registros e backups, cópias criptografadas ficam por algum tempo. Até {gone}, as chaves delas são destruídas, e seus dados ficam ilegíveis em todas as cópias.',
  copiesOpen:
    'Em registros e backups, cópias criptografadas ficam por mais tempo. Não há data definida para que fiquem ilegíveis.',
  erasedElsewhere: 'Foi pedido a {sender} que apague até {due} o que guarda em outros lugares.',
  erasedBack: 'Se um dia quiser estes e-mails de novo, inscreva-se outra vez. Começa do zero.',

  moveTitle: 'Um novo endereço · {sender}',
  move: '{sender} pode usar este endereço para você?',
  moveMeans:
    'Alguém que recebia e-mails de {sender} em outro endereço quer recebê-los aqui. Se você disser sim, chega aqui isto:',
  moveNone: 'Alguém que tinha a ver com {sender} por outro endereço quer ser conhecido por este.',
  moveStops: 'O que lá estava parado continua parado, aqui também.',
  moveYes: 'Sim, este é meu endereço',
  moveNo: 'Não fui eu',
  moveHint: 'Nada muda até você clicar em um botão. O link funciona por 7\u00a0dias.',
  movedTitle: 'Corrigido · {sender}',
  moved: 'Seu endereço foi corrigido',
  movedMeans:
    'Tudo veio para cá, e o endereço antigo foi esquecido. Foi pedido a {sender} que o corrija também em outros lugares.',
  stayed: 'Nada mudou',
  stayedMeans: 'Este endereço fica de fora e é esquecido.',
  late: 'É tarde demais para isto',
  lateMeans: 'O link expirou ou outro tomou seu lugar. Nada mudou agora.',

  runtime: {
    confirmed: 'Inscrito',
    pending: 'Ainda não confirmado',
    ended: 'Encerrado',
    expired: 'Expirado',
    since: 'desde {day}',
    until: 'até {day}',
    whyConfirmed: 'Em {since}, você confirmou estes e-mails, pedidos em {source} com este endereço.',
    whyExpress: '{sender} registrou que você concordou com estes e-mails em {since}.',
    whyPurchase: '{sender} registrou que você se tornou cliente em {since}.',
    whyInquiry: '{sender} registrou que você fez uma consulta em {since}.',
    whySoft: '{sender} registrou que você informou este endereço em uma compra em {since}.',
    whyContract: '{sender} registrou que estes e-mails fazem parte de um contrato com você desde {since}.',
    whyInterest: '{sender} registrou um interesse legítimo em escrever para você desde {since}.',

    legal: 'A lei',
    complained: 'Você reclamou de um e-mail',
    perhapsComplained: 'Alguém reclamou de um e-mail, talvez você',
    bounced: 'Um e-mail para você voltou',
    objected: 'Você se opôs',
    unsubscribed: 'Você cancelou a inscrição',
    imported: 'Trazido de antes',
    manual: 'Anotado pelo remetente',
    paused: 'Você fez uma pausa',
    restricted: 'Você limitou o uso dos seus dados',
    everywhere: 'todos',

    access: 'Ver seus dados',
    rectification: 'Corrigir seus dados',
    erasure: 'Apagar seus dados',
    restriction: 'Limitar o uso deles',
    portability: 'Levar seus dados consigo',
    objection: 'Opor-se ao uso deles',
    due: 'Resposta devida até {day}',
    overdue: 'A resposta era devida até {day}',
    fulfilled: 'Feito em {day}',
    partlyFulfilled: 'Feito em parte em {day}',
    refused: 'Recusado em {day}',
    notIdentified: 'Encerrado em {day}: não foi possível identificar você',
    moot: 'Encerrado em {day}',

    stopped: 'E-mails foram parados',
    lifted: 'Uma parada foi retirada',
    asked: 'Pedimos uma confirmação a você',
    agreed: 'Você concordou',
    granted: 'O remetente anotou que você concordou',
    declined: 'Você disse que não foi você',
    withdrew: 'Você retirou seu consentimento',
    restored: 'Seu consentimento voltou a valer',
    ranOut: 'Um consentimento ou pedido expirou',
    mailed: 'Um e-mail com um link foi enviado a você',
    undeliverable: 'Um e-mail com um link não pôde ser enviado',
    wanted: 'Você pediu algo sobre seus dados',
    opened: 'Seus dados foram abertos',
    took: 'Você levou seus dados consigo',
    corrected: 'Você corrigiu seu endereço',
    answered: 'O remetente respondeu ao seu pedido',
    missed: 'Um prazo passou sem resposta',
    chose: 'Você escolheu algo sobre si',
    optedOut: 'Oposição à venda e ao compartilhamento',

    ip: 'Endereço de internet',
    userAgent: 'Navegador',
    page: 'Página',
    form: 'Formulário',
    wording: 'Com o que você concordou',
    written: 'O que você escreveu',
    proof: 'O que mais o mostra',
    gone: 'O que o mostrava não pode mais ser lido.',
  },
} satisfies Translated<typeof en>
