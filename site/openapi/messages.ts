import * as z from 'zod/mini'
import { LintInput } from '../../worker/message/lint.ts'
import { PrepareInput } from '../../worker/message/prepare.ts'
import type { Operation } from './operation.ts'

const RAW = 'From: news@north.example\r\nTo: ada@example.com\r\nSubject: News\r\n\r\nWhat is new.\r\n'

/** Whole messages. */
export const MESSAGES: Operation[] = [
  {
    id: 'prepareMessage',
    method: 'post',
    path: '/v1/messages/prepare',
    chapter: 'Before you send',
    summary: 'Put header fields and a footer into a message',
    text: 'For up to 1,000 recipients, in their order. Sign with DKIM afterwards: a signature that is there is taken out. Mail of a transactional topic gets no way to unsubscribe: nobody can leave what is owed.',
    permission: 'links:mint',
    body: [
      {
        schema: PrepareInput,
        example: { topic: 'news', recipients: [{ address: 'ada@example.com' }], raw: RAW },
      },
    ],
    answer: [
      {
        schema: z.looseObject({ messages: z.array(z.looseObject({ address: z.string() })) }),
        example: {
          messages: [{ address: 'ada@example.com' }],
          dkim: { sign: 'after', fields: [] },
          notes: [],
        },
      },
    ],
    faults: ['topic.not_found'],
    fields: {
      topic: 'What the mail is about, by the name of one of your topics.',
      recipients: 'Up to 1,000 of them.',
      'recipients[].address': 'Whom it goes to.',
      'recipients[].locale': 'The language of the footer (BCP 47); without it the one they signed up in.',
      messageRef: 'Up to 8 characters that tell which message a click came from.',
      raw: 'A whole message (RFC 5322). Give it, or its bodies.',
      html: 'The HTML body.',
      text: 'The text body.',
      messages: 'One for each recipient, in the order given.',
      'messages[].address': 'As you sent it.',
    },
  },
  {
    id: 'lintMessage',
    method: 'post',
    path: '/v1/messages/lint',
    chapter: 'Before you send',
    summary: 'Look over a finished message',
    text: 'Against RFC 8058 and 2369, the big providers’ rules and the footers that laws ask for. Looks at the first 102 kB of each body, as Gmail does, and says so where there is more. Fires nothing, fetches nothing but DKIM keys, keeps nothing.',
    permission: 'links:mint',
    body: [{ schema: LintInput, example: { raw: RAW, dkimKeys: {} } }],
    answer: [
      {
        schema: z.looseObject({
          findings: z.array(z.looseObject({})),
          counts: z.record(z.string(), z.int()),
          dkim: z.array(z.looseObject({})),
        }),
        example: { findings: [], counts: { error: 0, warning: 0, note: 0 }, dkim: [] },
      },
    ],
    fields: {
      raw: 'The message, as text.',
      rawBase64: 'The message, byte by byte.',
      dkimKeys: 'Key records by their name, instead of asking DNS for them.',
      regimes: 'The laws whose duties are looked at.',
      findings: 'What is not as it should be, worst first: rule, severity, fix, source.',
      counts: 'How many of each severity.',
      dkim: 'What each signature is worth, and which fields it covers.',
    },
  },
]
