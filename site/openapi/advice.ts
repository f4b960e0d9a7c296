import type { Code } from '../../worker/call/operation.ts'

/** What can be done about a refusal whose answer says no more than its title. It is for readers, and no bundle holds it. */
export const ADVICE: Partial<Record<Code, string>> = {
  'import.interrupted':
    'Ask where the import stands with GET /v1/suppressions/import/{name}, and send the rest from there with Upload-Offset.',
  'import.conflict': 'Another upload of this name goes on. Wait until it has ended, or ask where it stands.',
  'import.not_found': 'GET /v1/imports lists those of your workspace.',
  'request.invalid':
    'errors names each field and what is wrong with it. Correct the call: unchanged it is refused again.',
  'request.too_slow': 'Send it over a faster connection, or in smaller parts.',
  'key.invalid':
    'It is mistyped, expired or revoked, or it is a key of another Floe. Send the whole key, from floe_ on.',
  'key.elsewhere': 'Its allowedIps do not hold the address that this call came from.',
  'key.not_found': 'GET /v1/api-keys lists those of your workspace.',
  'form.not_found': 'GET /v1/forms lists those of your workspace.',
  'form.ended': 'Make a new one, and put it in the place of the old one.',
  'form.full': 'It takes sign-ups again after Retry-After seconds. perDay says how many a day it may have.',
  'rights_request.not_found': 'GET /v1/rights-requests lists those of your workspace.',
  'route.not_found': 'Look at the path and the method: /docs/api/ lists every call.',
  'suppression.not_found':
    'It was lifted, is another workspace’s, or never was. POST /v1/suppressions/find says what there is about a recipient.',
  'suppression.legal': 'Ask whoever runs this Floe, with the number of your case.',
  'token.invalid':
    'The link is cut off or changed, or another Floe made it. Mint a new one with POST /v1/links.',
  'topic.gone': 'The topic of the link is no longer there.',
  'webhook_endpoint.not_found': 'GET /v1/webhook-endpoints lists those of your workspace.',
  'confirmation.gone': 'The sign-up or its address is no longer held. The recipient may sign up again.',
  'undo.expired': 'The recipient chooses anew in their preference center.',
  'rights_link.expired': 'The recipient asks for a new link on the page of their data.',
  'rights_link.used': 'The recipient asks for a new link on the page of their data.',
  'rights_session.over': 'The recipient asks for a new link on the page of their data.',
  'rate.limited':
    'Wait as many seconds as Retry-After says, and send the same again. RateLimit in the answers to a key says what is left.',
  internal:
    'Whether the call was made is not known. Send the same again, under the same Idempotency-Key. If it goes on, give the X-Request-Id to whoever runs this Floe.',
}
