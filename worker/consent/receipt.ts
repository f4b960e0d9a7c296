import { toBase64Url } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import type { Basis } from '../../core/codes/basis.ts'
import type { LackName } from '../../core/codes/lack.ts'
import type { Reason } from '../../core/codes/reason.ts'
import type { OwnTopic } from '../../db/topic.ts'
import type { EventView } from '../ledger/api.ts'

/** A recipient's state in one topic. Times are RFC 3339 UTC. */
export interface TopicProof {
  topic: string
  mode: 'opt_in' | 'opt_out'
  /** `none`: there never was a subscription. */
  state: 'pending' | 'confirmed' | 'ended' | 'expired' | 'none'
  basis?: Basis
  givenAt?: string
  since?: string
  expiresAt?: string
  decision: 'allow' | 'deny'
  reason?: Reason | LackName
}

/** The data of a receipt. */
export interface ReceiptCase {
  id: string
  issuer: string
  at: number
  /** A keyed hash: the sender and Floe can match it to an address, and nobody else can find it by guessing addresses. */
  addressId: Uint8Array
  sender: string
  company: string
  notice: { name: string; version: string; url: string; digest: string } | undefined
  language: string
  topics: { topic: OwnTopic; proof: TopicProof }[]
  /** Events of consent, oldest first. */
  told: EventView[]
  /** Which part of the events these are; undefined where they are all. */
  part: string | undefined
}

/** States of consent (ISO/IEC TS 27560) by type of event. */
const EVENT_STATES: Record<string, string> = {
  'consent.requested': 'requested',
  'consent.confirmed': 'given',
  'consent.granted': 'given',
  'consent.refused': 'refused',
  'consent.withdrawn': 'withdrawn',
  'consent.restored': 'given',
  'consent.expired': 'expired',
  'confirmation.expired': 'expired',
  'suppression.added': 'withdrawn',
}

/** The types of event that a receipt lists. */
export const CONSENT_EVENTS = Object.keys(EVENT_STATES)

/** Whether an event concerns consent: an unsubscribe withdraws it, a bounce or a sender's own entry does not. */
const ofConsent = ({ type, data }: EventView): boolean =>
  type in EVENT_STATES && (type !== 'suppression.added' || data['reason'] === 'unsubscribed')

/**
 * Returns a consent receipt with the fields of ISO/IEC TS 27560:2023: record, PII processing, parties and events. It may be
 * shown to anybody: it holds no address, no unkeyed hash of one, no evidence and no working link.
 */
export function receiptOf(about: ReceiptCase): object {
  const { notice, issuer } = about
  return {
    iss: issuer,
    iat: Math.floor(about.at / 1000),
    jti: about.id,
    record: {
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: about.id,
      pii_principal_id: toBase64Url(about.addressId),
    },
    pii_processing: {
      ...(notice && {
        privacy_notice: notice.url,
        privacy_notice_name: notice.name,
        privacy_notice_version: notice.version,
        privacy_notice_digest: `sha256:${notice.digest}`,
      }),
      language: about.language,
      purposes: about.topics.map(({ topic, proof }) => ({
        purpose: topic.displayName,
        purpose_id: topic.name,
        purpose_description: topic.description,
        purpose_type: topic.kind,
        ...(proof.basis && { lawful_basis: proof.basis }),
        consent_state: proof.state,
        ...(proof.givenAt && { given_at: proof.givenAt }),
        ...(proof.expiresAt && { expires_at: proof.expiresAt }),
        pii_information: [
          {
            pii_type: 'email address',
            pii_optional: false,
            sensitive_pii_category: false,
            special_pii_category: false,
          },
        ],
        pii_controllers: ['sender'],
        collection_method: ['provided by the individual, confirmed by e-mail where an event says so'],
        processing_method: ['store', 'send e-mail'],
        retention_period: proof.expiresAt ? 'until it expires or is withdrawn' : 'until it is withdrawn',
        recipient_third_parties: [],
        withdrawal_method: 'one click in every e-mail, or the preference page that each of them links to',
      })),
    },
    party_identification: [
      {
        party_id: 'sender',
        party_name: about.sender,
        party_role: 'PII controller',
        party_type: `sender of ${about.company}`,
        ...(notice && { party_url: notice.url }),
      },
      {
        party_id: 'floe',
        party_name: 'Floe',
        party_role: 'PII processor',
        party_type: 'keeper of consent records',
        party_url: issuer,
      },
    ],
    event: about.told.filter(ofConsent).map(({ id, at, type, actor, data, leaf }) => ({
      event_time: at,
      event_type: typeof data['basis'] === 'string' && data['basis'] !== 'express' ? 'implicit' : 'explicit',
      event_state: EVENT_STATES[type],
      entity_id: actor,
      ledger_id: id,
      ledger_type: type,
      ledger_leaf: leaf,
      // The channel: a confirmation through a link that was handed to the sender proves less.
      ...(typeof data['via'] === 'string' && { ledger_via: data['via'] }),
    })),
    // The receipt says that it is partial; the history holds the rest.
    ...(about.part !== undefined && { event_history: about.part }),
    issued_at: timestamp(about.at),
  }
}
