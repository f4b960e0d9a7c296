import * as z from 'zod/mini'
import { type Json, jsonIn, listOf, objectOf, type Provider, textOf } from './provider.ts'
import { bounceOf, REMEMBERED_MS, type Report, statusIn } from './report.ts'

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
export const ses: Provider<{ topicArn: string }> = {
  settings: z.strictObject({
    topicArn: z
      .string()
      .check(z.regex(ARN, 'must be the ARN of an SNS topic, arn:aws:sns:region:account:name')),
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
    if (field('Type') === 'Notification') return { reports: reportsIn(objectOf(jsonIn(field('Message')))) }
    if (field('Type') === 'UnsubscribeConfirmation') return { reports: [] }
    return CONFIRM.exec(field('SubscribeURL'))?.[1] === region
      ? { confirm: field('SubscribeURL') }
      : { refused: 'malformed' }
  },
}

function reportsIn(message: Json): Report[] {
  const type = message['notificationType'] ?? message['eventType']
  if (type === 'Bounce') {
    const bounce = objectOf(message['bounce'])
    return listOf(bounce['bouncedRecipients'])
      .map(objectOf)
      .map(recipient => {
        const status = statusIn(recipient['status'])
        return {
          id: textOf(bounce['feedbackId']),
          kind: bounce['bounceType'] === 'Permanent' ? bounceOf(status ?? '5.0.0') : 'transient',
          about: { address: textOf(recipient['emailAddress']) },
          status,
        }
      })
  }
  if (type !== 'Complaint') return []
  const complaint = objectOf(message['complaint'])
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
