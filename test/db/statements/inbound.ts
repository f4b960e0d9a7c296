import {
  connect,
  connectionsOf,
  countRefusal,
  disconnect,
  feedbackMailboxOf,
  forgetInbound,
  recipientOfOwnMail,
  refusalsOf,
  settleTransient,
  suppressFor,
  takeReport,
  transientAmong,
  useSignature,
  workspaceByMailbox,
} from '../../../db/inbound.ts'
import { type Calls, ENTRY, ID, NOW, REF, UUID } from './values.ts'

const connection = { workspace: 1, provider: 'ses', sealed: UUID, updatedAt: NOW } as const
const report = { id: UUID, once: UUID, addressId: ID, kind: 2, at: NOW, signed: true, message: UUID }
const row = { addressId: ID, scope: 5, reason: 1, source: 1, at: NOW, until: null }

/** Statements about what mail servers and providers report. */
export const inbound: Calls = {
  'inbound: connectionsOf': connectionsOf(1),
  'inbound: connect': connect(connection, ENTRY),
  'inbound: disconnect': disconnect(connection, ENTRY),
  'inbound: takeReport': takeReport(report, ENTRY),
  'inbound: transientAmong': transientAmong(ID),
  'inbound: settleTransient': settleTransient(ID),
  'inbound: useSignature': useSignature({ id: UUID, workspace: 1, at: NOW }),
  'inbound: suppressFor': suppressFor(row, ENTRY, UUID, undefined),
  'inbound: suppressFor, after several': suppressFor(row, ENTRY, UUID, {
    what: 'several',
    atLeast: 3,
    since: NOW,
    signed: false,
  }),
  'inbound: suppressFor, after several that were signed': suppressFor(row, ENTRY, UUID, {
    what: 'several',
    atLeast: 3,
    since: NOW,
    signed: true,
  }),
  'inbound: suppressFor, after another': suppressFor(row, ENTRY, UUID, {
    what: 'another',
    message: UUID,
    until: NOW,
  }),
  'inbound: countRefusal': countRefusal({ workspace: 1, door: 'mail', why: 'unknown' }, NOW, 1),
  'inbound: refusalsOf': refusalsOf(1),
  'inbound: workspaceByMailbox': workspaceByMailbox('bounces@example.com'),
  'inbound: feedbackMailboxOf': feedbackMailboxOf(1),
  'inbound: recipientOfOwnMail': recipientOfOwnMail(1, REF),
  'inbound: forgetInbound': forgetInbound(NOW, 1000),
}
