import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  title: 'E-mails de {sender}',
  heading: 'Receber e-mails de {sender}',
  lead: 'Um e-mail para o seu endereço pede que você confirme. Nada é ativado antes de você clicar no botão dele.',
  badAddress: 'Isto não é um endereço de e-mail. Confira, por favor.',
  noTopic: 'Escolha pelo menos uma opção.',
  trapped:
    'Um campo que ninguém vê foi preenchido, talvez pelo seu navegador. Ele está vazio de novo: clique no botão mais uma vez.',
  agree: 'Com o que você concorda',
  agreeMeans:
    '{sender} ({company}) envia isto a você por e-mail. Você pode voltar atrás a qualquer momento, com um clique em cada e-mail.',

  runtime: {
    address: 'Seu endereço de e-mail',
    choose: 'O que você quer receber?',
    send: 'Inscrever-se',
    empty: 'Deixe este campo vazio',
    notice: 'Ler o aviso ({notice}, versão {version})',
  },
} satisfies Translated<typeof en>
