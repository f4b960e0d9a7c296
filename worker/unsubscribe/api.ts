import * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { list, object, optional, text } from '../../core/shape.ts'
import { MESSAGE_REF_MAX_BYTES } from '../../core/token.ts'
import { documented, named, operation } from '../call/operation.ts'
import { htmlPage, LINK_TOKEN, plainText } from '../http/example.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'

/** What tells which message a click came from. */
export const messageRef = text({
  max: MESSAGE_REF_MAX_BYTES,
  pattern: /^[A-Za-z0-9_-]+$/,
  message: 'must be 1 to 8 of A-Z a-z 0-9 _ -',
})

/** `POST /v1/links` */
export const mintLinks = operation({
  id: 'mintLinks',
  method: 'POST',
  path: '/v1/links',
  permission: 'links:mint',
  limitBytes: BATCH_LIMIT_BYTES,
  input: object({
    topic: text(),
    recipients: list(text(), BATCH_MAX),
    messageRef: optional(messageRef),
  }),
  addresses: ({ recipients }) => recipients.length,
})

const LINK = 'https://floe.example.com/u/IQAAAAFKc0tVq2ZkPz7hJd8m1nVx4yRwBt3LqGsA'

/** Meaning of the fields of a recipient's links. */
export const LINK_FIELDS = {
  address: 'As you sent it.',
  unsubscribeUrl:
    'For the body of the mail. It opens a page; nothing changes before a button is pressed. Left out for a transactional topic: nobody can unsubscribe from what is owed.',
  preferencesUrl: 'Opens the preference center of this recipient.',
  headers:
    'The header fields of the mail, ready to paste (RFC 8058). For a transactional topic there are none for unsubscribing.',
  'headers.List-Unsubscribe':
    'The one-click link, and a mailto where your workspace takes mail. The address of the mailto may be folded to any case, unless `notes` says otherwise.',
  'headers.List-Unsubscribe-Post': 'What makes the link a one-click link.',
  'headers.CFBL-Address': 'Where complaints go (RFC 9477), where your workspace takes reports.',
  'headers.CFBL-Feedback-ID': 'What a complaint is known by.',
  returnPath:
    'What the envelope may name, so that bounces come back to Floe. It may be folded to any case, unless `notes` says otherwise, and has no `messageRef`: which message came back, the feedback id or Message-ID in it tells.',
  error: 'The text is no address, and there is no link for it.',
}

/** The links and header fields of one recipient. */
export const minted = () =>
  z.strictObject({
    address: z.string(),
    unsubscribeUrl: z.optional(z.url()),
    preferencesUrl: z.url(),
    headers: z.optional(
      z.strictObject({
        'List-Unsubscribe': z.optional(z.string()),
        'List-Unsubscribe-Post': z.optional(z.literal('List-Unsubscribe=One-Click')),
        'CFBL-Address': z.optional(z.string()),
        'CFBL-Feedback-ID': z.optional(z.string()),
      }),
    ),
    returnPath: z.optional(z.string()),
  })

/** Why one recipient has no links. */
export const noLinks = () => z.strictObject({ address: z.string(), error: z.literal('invalid_address') })

const links = /* @__PURE__ */ named(
  'Links',
  () => z.union([minted(), noLinks()]),
  () => LINK_FIELDS,
)

/** Codes of what a sender should know about minted mail addresses. */
export const LINK_NOTES = [
  'mailto_case_sensitive',
  'mailto_left_out',
  'return_path_case_sensitive',
  'return_path_left_out',
] as const

/** A note about minted mail addresses, the same for all recipients of a call. */
export interface LinkNote {
  code: (typeof LINK_NOTES)[number]
  message: string
}

/** One recipient's links, or why there are none. */
export type Links = z.infer<ReturnType<typeof links>>

export const mintLinksDoc = /* @__PURE__ */ documented(mintLinks, () => ({
  chapter: 'Before you send',
  summary: 'Mint unsubscribe links and header fields',
  text: 'Up to 10,000 recipients of one topic, answered in order. Nothing is written: a link needs no row to work, and works for years. Paste the header fields as they are and have DKIM sign both.',
  example: { topic: 'news', recipients: ['ada@example.com'] },
  answer: {
    schema: z.strictObject({
      links: z.array(links()),
      notes: z.optional(z.array(z.strictObject({ code: z.enum(LINK_NOTES), message: z.string() }))),
    }),
    example: {
      links: [
        {
          address: 'ada@example.com',
          unsubscribeUrl: LINK,
          preferencesUrl: LINK.replace('/u/', '/p/'),
          headers: {
            'List-Unsubscribe': `<${LINK}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
        },
      ],
    },
  },
  faults: ['topic.not_found'],
  fields: {
    topic: 'What the mail is about, by the name of one of your topics: what one click unsubscribes from.',
    recipients: 'Up to 10,000 addresses.',
    messageRef:
      'Up to 8 characters that tell which message a click came from. They come back in the ledger. Links and feedback ids have them, mail addresses have no room.',
    links: 'One for each recipient, in the order given.',
    notes:
      'What you should know about the mail addresses in the links, the same for all of them. Left out where there is nothing.',
    'notes[].code':
      '`mailto_case_sensitive`, `return_path_case_sensitive`: the mailbox is long, so that its addresses stand in a form that a server which folds their case breaks. `mailto_left_out`, `return_path_left_out`: not even that fits.',
    'notes[].message': 'The same in a sentence.',
  },
}))

/** `POST /u/{token}` */
export const oneClickUnsubscribe = operation({
  id: 'oneClickUnsubscribe',
  method: 'POST',
  path: '/u/:token',
  permission: null,
})

export const oneClickUnsubscribeDoc = /* @__PURE__ */ documented(oneClickUnsubscribe, () => ({
  chapter: 'Recipients',
  summary: 'One-click unsubscribe (RFC 8058)',
  text: 'What a mail client fires. Any content type, any body, none at all. Never a redirect, never a cookie. The same again is answered the same. A link of a transactional topic, as older versions made them, records the choice and says that such mail may still come.',
  answer: plainText('Unsubscribed.\n'),
  faults: ['token.invalid'],
  fields: { token: LINK_TOKEN },
}))

/** `GET /u/{token}` */
export const showUnsubscribe = operation({
  id: 'showUnsubscribe',
  method: 'GET',
  path: '/u/:token',
  permission: null,
})

export const showUnsubscribeDoc = /* @__PURE__ */ documented(showUnsubscribe, () => ({
  chapter: 'Recipients',
  summary: 'The page of an unsubscribe link',
  text: 'Shows one button and changes nothing, whoever fetches it.',
  answer: htmlPage(),
  faults: ['token.invalid', 'topic.gone'],
  fields: { token: LINK_TOKEN },
}))
