import * as z from 'zod/mini'
import { bounceOf, statusIn } from '../../core/bounce.ts'
import {
  type Json,
  jsonIn,
  listOf,
  NOTHING,
  objectOf,
  type Parted,
  type Provider,
  type Told,
  textOf,
  topics,
  UNKNOWN,
} from './provider.ts'
import { REMEMBERED_MS, type Report } from './report.ts'

/** Fields that SNS signs, in this order (Amazon SNS Developer Guide, "Verifying the signatures of Amazon SNS messages"). */
const SIGNED: Record<string, string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
}
SIGNED['UnsubscribeConfirmation'] = SIGNED['SubscriptionConfirmation']!

const CONFIRM = /^https:\/\/sns\.([a-z0-9-]{3,32})\.amazonaws\.com(?:\.cn)?\/\?Action=ConfirmSubscription&/

/**
 * ARN of an SNS topic, with its region. Anybody can have SNS sign messages of their own topic, so only the workspace's is
 * accepted.
 */
const ARN = /^arn:aws(?:-[a-z-]+)?:sns:([a-z0-9-]{3,32}):\d{12}:[A-Za-z0-9_-]{1,256}$/

/** Amazon SES through SNS: notifications and event publishing. */
export const ses: Provider<{ topicArn: string } & Parted> = {
  settings: z.strictObject({
    topicArn: z
      .string()
      .check(z.regex(ARN, 'must be the ARN of an SNS topic, arn:aws:sns:region:account:name')),
    topics,
  }),

  async read({ body }, { topicArn }, { now, snsKeys }) {
    const message = objectOf(jsonIn(body))
    const field = (name: string) => textOf(message[name])
    const signed = Object.hasOwn(SIGNED, field('Type')) ? SIGNED[field('Type')] : undefined
    if (!signed) return { refused: 'malformed' }
    if (field('TopicArn') !== topicArn) return { refused: 'foreign_topic' }
    const region = ARN.exec(topicArn)![1]!
    const text = signed.flatMap(name => (name in message ? [name, field(name)] : [])).join('\n')
    const signature = {
      url: field('SigningCertURL'),
      region,
      version: field('SignatureVersion'),
      signature: field('Signature'),
    }
    if (!(await snsKeys.verify(signature, `${text}\n`))) return { refused: 'signature' }
    // Amazon repeats for as long as a policy says, so only messages older than reports are remembered are refused.
    if (!(Date.parse(field('Timestamp')) > now - REMEMBERED_MS)) return { refused: 'stale' }
    if (field('Type') === 'Notification') return toldBy(objectOf(jsonIn(field('Message'))))
    if (field('Type') === 'UnsubscribeConfirmation') return NOTHING
    return CONFIRM.exec(field('SubscribeURL'))?.[1] === region
      ? { confirm: field('SubscribeURL') }
      : { refused: 'malformed' }
  },
}

/** Notifications and events that say nothing about whom mail may be sent to. */
const OTHERS = [
  'AmazonSnsSubscriptionSucceeded',
  'Received',
  'Send',
  'Reject',
  'Open',
  'Click',
  'Rendering Failure',
  'DeliveryDelay',
]

function toldBy(message: Json): Told {
  const type = textOf(message['notificationType'] ?? message['eventType'])
  switch (type) {
    case 'Bounce':
      return { reports: bouncesIn(objectOf(message['bounce'])) }
    case 'Complaint':
      return { reports: complaintsIn(objectOf(message['complaint'])) }
    case 'Subscription':
      return subscribed(message)
    case 'Delivery':
      return { reports: [], delivered: listOf(objectOf(message['delivery'])['recipients']).map(textOf) }
  }
  return OTHERS.includes(type) ? NOTHING : UNKNOWN
}

/** Kinds of permanent bounces that SES itself is sure of: no such address, or on its own list because of an earlier one. */
const SURE = ['NoEmail', 'Suppressed', 'OnAccountSuppressionList']

function bouncesIn(bounce: Json): Report[] {
  const [type, subtype] = [textOf(bounce['bounceType']), textOf(bounce['bounceSubType'])]
  // SES could not tell what came back.
  if (type === 'Undetermined') return []
  return listOf(bounce['bouncedRecipients'])
    .map(objectOf)
    .flatMap((recipient): Report[] => {
      const words = textOf(recipient['diagnosticCode'])
      const status = statusIn(recipient['status']) ?? statusIn(words)
      // An out-of-office reply: SES calls it transient, and no server said anything.
      const saysNothing = status === undefined && words === '' && textOf(recipient['action']) === ''
      if (type !== 'Permanent' && saysNothing) return []
      const sure = type === 'Permanent' && (SURE.includes(subtype) || saysNothing)
      return [
        {
          id: textOf(bounce['feedbackId']),
          kind: sure ? 'permanent' : bounceOf(status, words),
          about: { address: textOf(recipient['emailAddress']) },
          status,
        },
      ]
    })
}

function complaintsIn(complaint: Json): Report[] {
  const feedback = textOf(complaint['complaintFeedbackType'])
  // The recipient marked the mail as no spam.
  if (feedback === 'not-spam') return []
  // Providers often redact who complained; then all recipients of the mail at that provider are named, one of whom did.
  const recipients = listOf(complaint['complainedRecipients']).map(objectOf)
  const among = recipients.length > 1 ? recipients.length : undefined
  return recipients.map(recipient => ({
    id: textOf(complaint['feedbackId']),
    kind: among === undefined ? 'complaint' : 'possible_complaint',
    among,
    about: { address: textOf(recipient['emailAddress']) },
    status: /^[a-z-]{1,20}$/.test(feedback) ? feedback : undefined,
  }))
}

/** Reads a change of preferences on SES's own page: whoever has left everything, or one of its topics. */
function subscribed(message: Json): Told {
  const subscription = objectOf(message['subscription'])
  const now = objectOf(subscription['newTopicPreferences'])
  const left = (preferences: Json): string[] =>
    listOf(preferences['topicSubscriptionStatus'])
      .map(objectOf)
      .filter(one => textOf(one['subscriptionStatus']) === 'OptOut')
      .map(one => textOf(one['topicName']))
  const before = left(objectOf(subscription['oldTopicPreferences']))
  const parts: (string | undefined)[] =
    now['unsubscribeAll'] === true ? [undefined] : left(now).filter(part => !before.includes(part))
  const mail = objectOf(message['mail'])
  const id = `${textOf(mail['messageId'])} ${textOf(subscription['timestamp'])}`
  return {
    reports: listOf(mail['destination']).flatMap(address =>
      parts.map(
        (part): Report => ({
          id: part === undefined ? id : `${id} ${part}`,
          kind: 'unsubscribed',
          about: { address: textOf(address) },
          part,
        }),
      ),
    ),
  }
}
