/**
 * Every way a use case can fail, as a closed union. Codes are stable: senders branch on them. Nothing here knows HTTP; only
 * `worker/http/problem.ts` gives a fault its status.
 */
export type FaultDetail =
  | { code: 'request.malformed'; detail: string }
  | { code: 'request.invalid'; errors: { field: string; message: string }[] }
  | { code: 'request.too_large'; limitBytes: number }
  | { code: 'request.too_slow' }
  | { code: 'request.unsupported_media_type'; expected: string }
  | { code: 'method.not_allowed'; allowed: string[] }
  | { code: 'route.not_found' }
  | { code: 'key.missing' }
  | { code: 'key.invalid' }
  | { code: 'key.forbidden'; permission: string }
  | { code: 'key.elsewhere' }
  | { code: 'key.wider'; field: string }
  | { code: 'key.descendant' }
  | { code: 'key.not_found' }
  | { code: 'key.too_many'; most: number }
  | { code: 'rate.limited'; retryAfterSeconds: number }
  | { code: 'idempotency.in_progress' }
  | { code: 'idempotency.key_reused' }
  | { code: 'idempotency.spent' }
  | { code: 'topic.not_found'; topic: string }
  | { code: 'notice.not_found'; notice: string; version: string }
  | { code: 'return_url.not_allowed'; field: string; origin: string }
  | { code: 'suppression.not_found' }
  | { code: 'suppression.recipient_made' | 'suppression.legal'; liftedBy: 'recipient' | 'operator' }
  | { code: 'suppression.changed' }
  | { code: 'import.not_found' }
  | { code: 'import.encoding' }
  | { code: 'import.no_address_column' }
  | { code: 'import.nothing_read' }
  | { code: 'import.subscribers' }
  | { code: 'import.offset'; offset: number }
  | { code: 'import.key_reused' }
  | { code: 'import.conflict' }
  | { code: 'import.interrupted' }
  | { code: 'import.undone' }
  | { code: 'import.undo_expired' }
  | { code: 'import.followed'; laterImport: string | undefined }
  | { code: 'webhook_endpoint.not_found' }
  | { code: 'webhook_endpoint.limit'; limit: number }
  | { code: 'form.not_found' }
  | { code: 'form.limit'; limit: number }
  | { code: 'form.no_mailer' }
  | { code: 'form.full'; retryAfterSeconds: number }
  | { code: 'form.ended' }
  | { code: 'token.invalid' }
  | { code: 'confirmation.gone' }
  | { code: 'topic.gone' }
  | { code: 'undo.expired' }
  | { code: 'preferences.limited'; againAt: string; retryAfterSeconds: number }
  | { code: 'rights_link.used' }
  | { code: 'rights_link.expired' }
  | { code: 'rights_session.over' }
  | { code: 'rights_request.not_found' }
  | { code: 'rights_request.closed' }
  | { code: 'rights_request.no_extension'; dueAt: string }
  | { code: 'inbound.not_connected'; provider: string }
  | { code: 'inbound.unproven'; why: string; verdict?: string }
  | { code: 'inbound.unconfirmed' }
  | { code: 'inbound.key_unavailable' }
  | { code: 'database.unavailable' }
  | { code: 'encryption.unavailable' }
  | { code: 'overloaded' }
  | { code: 'cluster.unavailable' }
  | { code: 'service.unavailable' }
  | { code: 'schema.outdated' }
  | { code: 'internal' }

/** A failed use case. Verbs throw it, and one place turns it into an answer. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly detail: FaultDetail

  constructor(detail: FaultDetail, options?: ErrorOptions) {
    super(detail.code, options)
    this.detail = detail
  }
}

/** Returns the fault for one bad field. */
export const invalidField = (field: string, message: string): Fault =>
  new Fault({ code: 'request.invalid', errors: [{ field, message }] })
