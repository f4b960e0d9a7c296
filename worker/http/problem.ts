import { Fault, type FaultDetail } from '../../core/fault.ts'
import { PROBLEM_HEADERS } from './headers.ts'

/** Seconds after which to retry a request that found the database unavailable. */
export const RETRY_AFTER_SECONDS = 5

const STATUS: Record<FaultDetail['code'], [status: number, title: string]> = {
  'request.malformed': [400, 'The body cannot be read'],
  'request.invalid': [400, 'A field is not right'],
  'request.too_large': [413, 'The body is too large'],
  'request.too_slow': [408, 'The body took too long to arrive'],
  'request.unsupported_media_type': [415, 'The body is of the wrong type'],
  'method.not_allowed': [405, 'This address does not take that method'],
  'route.not_found': [404, 'There is nothing at this address'],
  'key.missing': [401, 'An API key is needed'],
  'key.invalid': [401, 'The API key is not valid'],
  'key.forbidden': [403, 'The API key may not do this'],
  'key.elsewhere': [403, 'The API key may not be used from here'],
  'key.wider': [403, 'A key gives nothing beyond its own limits'],
  'key.descendant': [403, 'The API key comes from the one it names'],
  'key.not_found': [404, 'The workspace has no such key'],
  'key.too_many': [409, 'The workspace has as many keys as it may'],
  'rate.limited': [429, 'The allowance is spent'],
  'idempotency.in_progress': [409, 'The same call is still running'],
  'idempotency.key_reused': [422, 'This Idempotency-Key belongs to another call'],
  'idempotency.spent': [409, 'This call was made, and its answer is not kept'],
  'topic.not_found': [404, 'The workspace has no such topic'],
  'notice.not_found': [404, 'The workspace has no such notice'],
  'return_url.not_allowed': [403, 'The workspace leads nobody back there'],
  'confirmation.gone': [410, 'This confirmation is gone'],
  'topic.gone': [410, 'This topic has ended'],
  'suppression.not_found': [404, 'There is no such suppression'],
  'suppression.recipient_made': [409, 'Only the recipient can lift this'],
  'suppression.legal': [409, 'Only an operator can lift this'],
  'suppression.changed': [409, 'It has changed in the meantime'],
  'import.not_found': [404, 'There is no such import'],
  'import.encoding': [415, 'The upload is no text that can be read'],
  'import.no_address_column': [400, 'No column holds addresses'],
  'import.nothing_read': [400, 'The file holds no line of data'],
  'import.subscribers': [400, 'The file lists subscribers'],
  'import.offset': [409, 'The import is at another offset'],
  'import.key_reused': [422, 'This Idempotency-Key belongs to another import'],
  'import.conflict': [409, 'The import is running elsewhere'],
  'import.undone': [409, 'The import was undone'],
  'import.undo_expired': [410, 'It is too late to undo this import'],
  'import.followed': [409, 'A later import has to be undone first'],
  'import.interrupted': [400, 'The upload broke off'],
  'webhook_endpoint.not_found': [404, 'There is no such webhook endpoint'],
  'webhook_endpoint.limit': [409, 'The workspace has all the webhook endpoints it may have'],
  'form.not_found': [404, 'There is no such sign-up form'],
  'form.limit': [409, 'The workspace has all the sign-up forms it may have'],
  'form.no_mailer': [409, 'Nothing here mails the confirmations of a sign-up form'],
  'form.full': [429, 'The sign-up form has had its sign-ups of the day'],
  'form.ended': [410, 'This sign-up form has ended'],
  'token.invalid': [404, 'The link is not one of ours'],
  'undo.expired': [410, 'It is too late to undo this'],
  'preferences.limited': [429, 'This was changed too often today'],
  'rights_link.used': [410, 'This link has been used'],
  'rights_link.expired': [410, 'This link has expired'],
  'rights_session.over': [403, 'This page has been closed'],
  'rights_request.not_found': [404, 'There is no such rights request'],
  'rights_request.closed': [409, 'This rights request is closed'],
  'rights_request.no_extension': [409, 'The law gives no longer'],
  'inbound.not_connected': [409, 'The provider is not connected'],
  'inbound.unproven': [403, 'Nothing proves this report'],
  'inbound.key_unavailable': [503, 'The key of the reporter cannot be looked up'],
  'inbound.unconfirmed': [502, 'The subscription could not be confirmed'],
  'database.unavailable': [503, 'The database cannot be reached'],
  'encryption.unavailable': [503, 'The encryption keys cannot be reached'],
  'cluster.unavailable': [503, 'A cluster cannot be reached'],
  'service.unavailable': [503, 'A part of Floe cannot be reached'],
  overloaded: [503, 'Too much is asked at once'],
  'schema.outdated': [503, 'The database is older than this version'],
  internal: [500, 'Something went wrong here'],
}

/** Every code there is. */
export const CODES = /* @__PURE__ */ Object.keys(STATUS) as FaultDetail['code'][]

/** Returns the status of a fault. */
export const statusOf = (detail: FaultDetail): number => STATUS[detail.code][0]

/** Returns the title of a code. */
export const titleOf = (code: FaultDetail['code']): string => STATUS[code][1]

/** Returns where a code is explained, on the host that was asked (RFC 9457, section 3.1.1). */
export const typeOf = (code: FaultDetail['code']): string => `/docs/problems/${code}`

/** SQLite's message about a missing table or column. */
const OUTDATED = /no such (table|column)|has no column named/

/**
 * Returns any thrown value as a fault. Unknown errors become `internal` and their text stays inside; a missing table or column
 * becomes `schema.outdated`, which passes once the database was migrated or restored.
 */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const refused = error instanceof Error && /^(Statement|Act)Refused$/.test(error.name)
  const code = refused && OUTDATED.test(error.message) ? 'schema.outdated' : 'internal'
  return new Fault({ code }, { cause: error })
}

/** Whether a fault is a defect of Floe or its operation; it is logged with its cause. */
export const isOurs = ({ code }: FaultDetail): boolean => code === 'internal' || code === 'schema.outdated'

/** Returns the answer to a failed sender call as problem+json (RFC 9457), with `extra` header fields. */
export function problem(fault: Fault, extra: Record<string, string> = {}): Response {
  const { code, ...more } = fault.detail
  const [status, title] = STATUS[code]
  const headers = { ...PROBLEM_HEADERS, ...extra, ...retryOrChallenge(fault.detail) }
  return new Response(
    JSON.stringify({ type: typeOf(code), title, status, code, ...explanationOf(fault.detail), ...more }),
    {
      status,
      headers,
    },
  )
}

/** Faults that pass once an unavailable part is back. */
const AWAY: readonly FaultDetail['code'][] = [
  'database.unavailable',
  'encryption.unavailable',
  'inbound.key_unavailable',
  'cluster.unavailable',
  'service.unavailable',
  'schema.outdated',
]

/** Returns the headers that a fault's status needs: when to retry, how to authenticate, which methods are allowed. */
export function retryOrChallenge(detail: FaultDetail): Record<string, string> {
  if (AWAY.includes(detail.code)) return { 'retry-after': String(RETRY_AFTER_SECONDS) }
  if (detail.code === 'idempotency.in_progress') return { 'retry-after': '1' }
  if (detail.code === 'overloaded') return { 'retry-after': '1' }
  if (detail.code === 'rate.limited' || detail.code === 'preferences.limited' || detail.code === 'form.full')
    return { 'retry-after': String(detail.retryAfterSeconds) }
  if (detail.code === 'key.missing' || detail.code === 'key.invalid')
    return { 'www-authenticate': 'Bearer realm="floe"' }
  if (detail.code === 'method.not_allowed') return { allow: detail.allowed.join(', ') }
  return {}
}

/** Returns the explanation of a fault, for the person who can act on it. */
export function explanationOf(detail: FaultDetail): { detail?: string } {
  switch (detail.code) {
    case 'request.too_large':
      return { detail: `This call takes at most ${detail.limitBytes} bytes.` }
    case 'request.unsupported_media_type':
      return { detail: `Send ${detail.expected}.` }
    case 'method.not_allowed':
      return { detail: `Use ${detail.allowed.join(' or ')}.` }
    case 'key.missing':
      return { detail: 'Send it as "Authorization: Bearer floe_…".' }
    case 'key.forbidden':
      return { detail: `It lacks the permission ${detail.permission}.` }
    case 'key.wider':
      return { detail: `${detail.field} goes beyond that of the key that asks.` }
    case 'key.descendant':
      return { detail: 'A key cannot decide about the keys of a key that it comes from.' }
    case 'idempotency.in_progress':
      return { detail: 'Ask again in a moment: you get its answer then.' }
    case 'idempotency.key_reused':
      return { detail: 'It was used with another path or another body. Give this call a new key.' }
    case 'idempotency.spent':
      return {
        detail:
          'It is not run again. If the answer was lost, look up what it did; a secret is shown only once: undo what it made and make another under a new key.',
      }
    case 'key.too_many':
      return {
        detail: `Revoke one that is no longer used: there may be ${detail.most}, one that is being replaced included.`,
      }
    case 'topic.not_found':
      return { detail: `No topic is named "${detail.topic}" in the workspace of this key.` }
    case 'notice.not_found':
      return { detail: `Version ${detail.version} of a notice "${detail.notice}" was never published here.` }
    case 'return_url.not_allowed':
      return { detail: `${detail.origin} is not among the origins that ${detail.field} may lead to.` }
    case 'suppression.recipient_made':
      return {
        detail:
          'Only the recipient can lift it: an unsubscribe by a mailed confirmation, anything else on the page of their data. An operator lifts a complaint that was written down by mistake.',
      }
    case 'suppression.changed':
      return { detail: 'Look at it again, and lift it then if it is still yours to lift.' }
    case 'rights_request.closed':
      return { detail: 'It was closed with another outcome, or was done at once and has no deadline.' }
    case 'rights_request.no_extension':
      return { detail: `It is due by ${detail.dueAt}, and can be extended no further.` }
    case 'import.no_address_column':
      return {
        detail:
          'Name a column email, address or sha256, or say with addressColumn which it is, or send one address a line. Every column that you name must be there.',
      }
    case 'import.nothing_read':
      return {
        detail: 'Nothing was written. Look whether the file is whole, and send one with addresses in it.',
      }
    case 'import.subscribers':
      return {
        detail:
          'Nothing was written. Its columns say that these people subscribed: export those who left, bounced or complained. To suppress them all the same, send the addresses alone.',
      }
    case 'import.encoding':
      return {
        detail:
          'Save the file as CSV in UTF-8 (a workbook, an archive or a PDF is none), or name its charset in Content-Type, and send it again.',
      }
    case 'import.offset':
      return { detail: `Send the bytes from ${detail.offset} on, with Upload-Offset: ${detail.offset}.` }
    case 'import.key_reused':
      return { detail: 'It was used with another scope, reason or format. Give this import a new key.' }
    case 'import.undone':
      return { detail: 'It adds nothing more. To import the list again, give it a new Idempotency-Key.' }
    case 'import.undo_expired':
      return {
        detail:
          'A key undoes an import within 72 hours of its beginning, unless the database was restored since. After that, ask the operator of this Floe.',
      }
    case 'import.followed':
      return {
        detail: `${detail.laterImport === undefined ? 'An import of another workspace of your tenant' : `The import ${detail.laterImport}`} came later and may have found the same people suppressed. Undo it first, and send its list again afterwards.`,
      }
    case 'inbound.not_connected':
      return { detail: `Set it up first: PUT /v1/inbound/${detail.provider}.` }
    case 'inbound.unproven':
      return {
        detail:
          'Nothing was done, but for an unsubscribe where the mail it is about has that link. GET /v1/inbound/refused counts such calls.',
      }
    case 'inbound.key_unavailable':
      return { detail: 'Nothing was done: whether the report is signed is not known. Send the same again.' }
    case 'inbound.unconfirmed':
      return { detail: 'Nothing was done. Amazon asks again, or request a confirmation there.' }
    case 'preferences.limited':
      return {
        detail: `A link of a mail changes so much a day. Stopping mail always works; this works again from ${detail.againAt}.`,
      }
    case 'form.no_mailer':
      return {
        detail: 'Where senders mail the links themselves, ask for each sign-up with POST /v1/subscriptions.',
      }
    case 'form.limit':
    case 'webhook_endpoint.limit':
      return { detail: `There may be ${detail.limit}. End one first.` }
    case 'database.unavailable':
    case 'schema.outdated':
      return {
        detail: 'Nothing was changed, and the answer is not known. Do not send on the strength of it.',
      }
    case 'encryption.unavailable':
      return { detail: 'Nothing was changed: the encryption keys cannot be reached.' }
    case 'cluster.unavailable':
      return {
        detail: 'Some clusters may have it and others not. Send the same again until it is taken.',
      }
    case 'service.unavailable':
      return {
        detail:
          'Whether the call was made is not known. Send the same again, under the same Idempotency-Key where it has one.',
      }
    case 'overloaded':
      return {
        detail:
          'As many of your calls are under way as may be at once. Nothing was asked; try again in a moment.',
      }
    default:
      return {}
  }
}
