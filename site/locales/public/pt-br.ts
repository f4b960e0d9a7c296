import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Brazilian Portuguese, with você. */
export default {
  about: 'Sobre o Floe',
  language: 'Idioma',
  names: {
    privacy: 'Privacidade',
    changes: 'O que mudou',
    rights: 'Seus direitos',
    accessibility: 'Acessibilidade',
    companies: 'Empresas com que trabalhamos',
  },
  front: {
    title: 'Sua palavra sobre mensagens, cumprida',
    description:
      'Quando você cancela uma inscrição, o remetente que pergunta ao Floe antes do próximo e-mail recebe um não.',
    lead: 'Empresas que enviam mensagens a você usam o Floe para lembrar o que você quer delas e o que não quer.',
    effect:
      'Quando você cancela uma inscrição, vale na hora: o remetente que pergunta ao Floe antes do próximo e-mail recebe um não. Você não precisa de conta nem de senha.',
    nothing:
      'Não há nada a fazer nesta página. A sua própria página se abre pelos links no fim das mensagens que você recebe.',
    documentation: 'Para empresas que enviam mensagens: a documentação, em inglês',
  },
  notice: {
    title: 'Aviso de privacidade',
    description: 'O que o Floe trata sobre você, por quê, por quanto tempo, e o que você pode fazer.',
    standing: 'Versão {version}, em vigor desde {date}',
    old: 'Esta é uma versão anterior. Ela fica aqui porque há consentimentos que se referem a ela.',
    current: 'Ler a versão atual',
    translation: 'Esta é uma tradução. O texto que vale é o inglês.',
    untranslated: 'Esta versão foi publicada apenas em inglês.',
    english: 'Ler o texto em inglês',
    versions: 'Todas as versões',
    version: 'Versão {version}',
    file: 'O texto como arquivo',
    digest: 'Seu resumo SHA-256, pelo qual os consentimentos se referem a ele',
  },
  changes: {
    title: 'O que mudou',
    description: 'O que mudou entre as versões do aviso de privacidade, em palavras e linha por linha.',
    lead: 'Cada versão do aviso de privacidade fica como foi publicada. Isto é o que mudou de uma para a outra.',
    between: 'Da versão {old} para a versão {new}',
    since: 'Em vigor desde {date}',
    text: 'No texto',
    compared: 'Compara-se o texto em inglês, que é o que vale.',
    added: 'Acrescentado:',
    removed: 'Retirado:',
    same: { one: '{count} parágrafo é igual', other: '{count} parágrafos são iguais' },
  },
  rights: {
    title: 'Seus direitos, lei por lei',
    description:
      'Qual lei dá a você quais direitos sobre mensagens e dados pessoais, e quanto uma resposta pode demorar.',
    lead: 'A lei que se aplica depende de onde você mora e de quem escreve para você. O Floe conta os prazos das leis que o remetente indicou, e os do GDPR se ele não indicou nenhuma.',
    here: 'Com o Floe',
    stop: 'Um cancelamento vale na hora, e o link dele não expira sozinho.',
    self: 'Você mesmo vê, corrige, leva e elimina seus dados: abra sua página pelo link no fim de uma mensagem e escolha “Seus dados”.',
    optOut: 'As mensagens param em até',
    link: 'Um link de cancelamento funciona por',
    answer: 'Pedidos são respondidos em até',
    acknowledge: 'Confirmação de recebimento em até',
    extension: 'Prorrogação em casos difíceis',
    articles: 'Onde está escrito',
    businessDays: { one: '{count} dia útil', other: '{count} dias úteis' },
    advice:
      'Os prazos são os da lei na data desta versão. Esta página informa e não é aconselhamento jurídico.',
    laws: {
      eu: {
        name: 'União Europeia: GDPR',
        says: 'Você pode ver, corrigir, apagar e levar seus dados, restringir o uso, opor-se à publicidade a qualquer momento e retirar um consentimento tão facilmente quanto o deu.',
      },
      uk: {
        name: 'Reino Unido: UK GDPR e PECR',
        says: 'Os direitos são os do GDPR. Publicidade por e-mail precisa do seu consentimento, ou que você seja cliente e tenha podido recusar.',
      },
      us_ca: {
        name: 'Califórnia: CCPA',
        says: 'Você pode conhecer, corrigir e apagar o que é mantido sobre você e recusar a venda e o compartilhamento. O Global Privacy Control vale como tal recusa.',
      },
      us_canspam: {
        name: 'EUA: CAN-SPAM',
        says: 'Toda mensagem publicitária deve oferecer um cancelamento que não custe nada e não exija mais que uma resposta ou uma única página.',
      },
      ca_casl: {
        name: 'Canadá: CASL',
        says: 'Mensagens comerciais precisam do seu consentimento, expresso ou implícito, e devem indicar o remetente e oferecer um cancelamento.',
      },
      ca_pipeda: {
        name: 'Canadá: PIPEDA',
        says: 'Você pode ver o que é mantido sobre você e pedir correção.',
      },
      br: {
        name: 'Brasil: LGPD',
        says: 'Você pode confirmar o que é mantido sobre você, ver, corrigir, levar e eliminar, e revogar um consentimento.',
      },
      au: {
        name: 'Austrália: Spam Act',
        says: 'Mensagens comerciais precisam do seu consentimento, devem indicar o remetente e oferecer um cancelamento sem custo nem login.',
      },
    },
  },
  accessibility: {
    title: 'Acessibilidade',
    description:
      'Quão acessíveis são estas páginas, como isso é testado e o que fazer se algo não funcionar.',
    lead: 'Todas as pessoas devem poder dizer o que querem e ser entendidas. Estas páginas são feitas para atender às WCAG 2.2, nível AA. É a nossa própria avaliação; ninguém de fora a certificou.',
    how: 'Como é testado',
    tests: {
      machine: 'Um programa (axe) procura falhas em cada página, em cada idioma, clara e escura.',
      keyboard: 'Cada escolha é feita em um navegador real só com o teclado, e de novo sem JavaScript.',
      screen:
        'As páginas são vistas a partir de 320 pixels, com texto duas vezes maior, da direita para a esquerda, com cores forçadas e no papel.',
      contrast:
        'As cores dos remetentes são corrigidas até que todo texto tenha contraste de pelo menos 4,5 para 1.',
    },
    limits: 'O que sabemos',
    known:
      'Nomes e descrições são escritos pelos remetentes; podem ser difíceis de ler ou estar em outro idioma que a página.',
    feedback: 'Se algo não funcionar',
    contact: 'Escreva para nós. Diga qual era a página e o que você queria fazer; não precisa dizer quem é.',
  },
  companies: {
    description: 'As empresas que tratam dados pessoais para o Floe, onde estão e o que fazem.',
    lead: 'Estas empresas operam computadores para o Floe. Recebem, por contrato, o que precisam para isso e nada mais.',
    country: 'País',
    does: 'O que faz',
    edge: 'Entrega estas páginas e executa o programa por trás delas',
    database: 'Guarda o banco de dados',
    mail: 'Entrega mensagens, como as confirmações',
  },
} satisfies Translated<typeof en>
