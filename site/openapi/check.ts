import * as z from 'zod/mini'
import { CheckInput } from '../../worker/suppression/check.ts'
import { MintInput } from '../../worker/unsubscribe/mint.ts'
import { AT, type Operation, WHO } from './operation.ts'

const LINK = `https://floe.example.com/u/IQAAAAFKc0tVq2ZkPz7hJd8m1nVx4yRwBt3LqGsA`

/** What a sender asks right before a hand-off. */
export const CHECK: Operation[] = [
  {
    id: 'checkAddresses',
    method: 'post',
    path: '/v1/check',
    chapter: 'Before you send',
    summary: 'Ask which recipients may be mailed',
    text: 'Up to 10,000 recipients, answered in order, duplicates kept, in one database round trip. Ask right before the hand-off and keep no answers: an unsubscribe counts from the moment it is answered. Anything but a 200 means do not send.',
    permission: 'addresses:check',
    body: [
      { schema: CheckInput, example: { topic: 'news', addresses: ['ada@example.com', 'bob@example.com'] } },
    ],
    answer: [
      {
        schema: z.strictObject({
          asOf: z.iso.datetime(),
          results: z.array(
            z.strictObject({
              address: z.optional(z.string()),
              sha256: z.optional(z.string()),
              decision: z.enum(['allow', 'deny']),
              reason: z.optional(z.string()),
              scope: z.optional(z.enum(['platform', 'tenant', 'workspace', 'topic'])),
              since: z.optional(z.iso.datetime()),
              until: z.optional(z.iso.datetime()),
            }),
          ),
        }),
        example: {
          asOf: AT,
          results: [
            { address: 'ada@example.com', decision: 'allow' },
            {
              address: 'bob@example.com',
              decision: 'deny',
              reason: 'unsubscribed',
              scope: 'topic',
              since: AT,
            },
          ],
        },
      },
    ],
    faults: ['topic.not_found'],
    fields: {
      topic:
        'What the mail is about, by the name of one of your topics (`GET /v1/topics`). It may be left out where `purpose` is `transactional`, and nowhere else: what recipients leave by one click is a topic.',
      addresses: 'Up to 10,000 addresses. Give these or `sha256`.',
      sha256: 'Up to 10,000 hex SHA-256 of addresses in canonical form. Give these or `addresses`.',
      purpose:
        '`transactional` passes unsubscribes, pauses and what nobody signed of a bounce; never a proven bounce, a complaint or a legal order. It is for topics of that kind, or for none.',
      freshness:
        '`latest` misses nothing acknowledged before the call. `nearby` asks the nearest copy that is at most 5 s behind, and may miss what was denied within the last second.',
      asOf: 'The moment the answer is true for: it misses nothing that was acknowledged before.',
      results: 'One for each recipient, in the order given.',
      'results[].address': 'As you sent it.',
      'results[].sha256': 'As you sent it.',
      'results[].decision': '`deny` means do not send.',
      'results[].reason':
        'Why not: the strongest of what stands against the recipient, or what their consent lacks.',
      'results[].scope': 'How far the reason reaches.',
      'results[].since': 'Since when it stands.',
      'results[].until': 'When it ends by itself.',
    },
  },
  {
    id: 'mintLinks',
    method: 'post',
    path: '/v1/links',
    chapter: 'Before you send',
    summary: 'Mint unsubscribe links and header fields',
    text: 'Up to 10,000 recipients of one topic, answered in order. Nothing is written: a link needs no row to work, and works for years. Paste the header fields as they are and have DKIM sign both.',
    permission: 'links:mint',
    body: [{ schema: MintInput, example: { topic: 'news', recipients: ['ada@example.com'] } }],
    answer: [
      {
        schema: z.strictObject({
          links: z.array(
            z.union([
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
              }),
              z.strictObject({ address: z.string(), error: z.literal('invalid_address') }),
            ]),
          ),
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
    ],
    faults: ['topic.not_found'],
    fields: {
      topic: 'What the mail is about, by the name of one of your topics: what one click unsubscribes from.',
      recipients: 'Up to 10,000 addresses.',
      messageRef:
        'Up to 8 characters that tell which message a click came from. They come back in the ledger.',
      links: 'One for each recipient, in the order given.',
      'links[].address': WHO.address,
      'links[].unsubscribeUrl':
        'For the body of the mail. It opens a page; nothing changes before a button is pressed. Left out for a transactional topic: nobody can unsubscribe from what is owed.',
      'links[].preferencesUrl': 'Opens the preference center of this recipient.',
      'links[].headers':
        'The header fields of the mail, ready to paste (RFC 8058). For a transactional topic there are none for unsubscribing.',
      'links[].headers.List-Unsubscribe': 'The one-click link, and a mailto where your workspace takes mail.',
      'links[].headers.List-Unsubscribe-Post': 'What makes the link a one-click link.',
      'links[].headers.CFBL-Address': 'Where complaints go (RFC 9477), where your workspace takes reports.',
      'links[].headers.CFBL-Feedback-ID': 'What a complaint is known by.',
      'links[].returnPath': 'What the envelope may name, so that bounces come back to Floe.',
      'links[].error': 'The text is no address, and there is no link for it.',
    },
  },
]
