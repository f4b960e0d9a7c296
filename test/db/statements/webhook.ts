import { arrived, deliveriesAfter, giveUp, revive, wait, waitingFor } from '../../../db/webhook-delivery.ts'
import {
  advance,
  allDue,
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  endpointOf,
  endpointStates,
  endpointsDue,
  endpointsOf,
  replayFrom,
  rotateSecret,
  takeEndpoint,
  updateEndpoint,
  type WebhookEndpoint,
} from '../../../db/webhook-endpoint.ts'
import { stirSince, watch, webhookBacklog } from '../../../db/webhook-watch.ts'
import { type Calls, ENTRY, ID, NOW, UUID } from './values.ts'

const endpoint: WebhookEndpoint = {
  id: ID,
  tenant: 1,
  workspace: 1,
  url: 'https://example.com/',
  description: '',
  types: [],
  secret: UUID,
  oldSecret: null,
  oldSecretUntil: null,
  state: 1,
  createdAt: NOW,
  cursor: 0,
  dueAt: NOW,
  failures: 0,
  failingSince: null,
  idleCursor: null,
}
const waiting = { seq: 1, addressId: ID, attempts: 1, firstAt: NOW, dueAt: NOW }

/** Statements about webhooks. */
export const webhooks: Calls = {
  'webhook-endpoint: endpointOf': endpointOf(1, ID),
  'webhook-endpoint: endpointsOf': endpointsOf(1),
  'webhook-endpoint: endpointsDue': endpointsDue(NOW, 100),
  'webhook-endpoint: endpointStates': endpointStates,
  'webhook-endpoint: createEndpoint': createEndpoint(endpoint, ENTRY),
  'webhook-endpoint: updateEndpoint': updateEndpoint(endpoint, false, ENTRY),
  'webhook-endpoint: updateEndpoint, enabled again': updateEndpoint(endpoint, true, ENTRY),
  'webhook-endpoint: rotateSecret': rotateSecret(ID, UUID, NOW, ENTRY),
  'webhook-endpoint: deleteEndpoint': deleteEndpoint(ID, ENTRY),
  'webhook-endpoint: replayFrom': replayFrom(ID, 1, ENTRY),
  'webhook-endpoint: allDue': allDue(ID, NOW),
  'webhook-endpoint: takeEndpoint': takeEndpoint(endpoint, NOW),
  'webhook-endpoint: advance': advance(endpoint, endpoint),
  'webhook-endpoint: disableEndpoint': disableEndpoint(ID, 2, ENTRY),
  'webhook-watch: stirSince': stirSince(10_000),
  'webhook-watch: watch': watch({ seq: 1, workspaces: [1] }, NOW),
  'webhook-watch: watch, after too many events': watch({ seq: 1, workspaces: null }, NOW),
  'webhook-watch: webhookBacklog': webhookBacklog(NOW, 10_000),
  'webhook-delivery: waitingFor': waitingFor(ID),
  'webhook-delivery: deliveriesAfter, waiting': deliveriesAfter(ID, 1, 0, 100),
  'webhook-delivery: deliveriesAfter, given up': deliveriesAfter(ID, 2, 0, 100),
  'webhook-delivery: arrived': arrived(ID, [1]),
  'webhook-delivery: wait': wait(ID, waiting, null),
  'webhook-delivery: giveUp': giveUp(ID, 1, 10, 'timeout', ENTRY),
  'webhook-delivery: revive': revive(ID, ENTRY),
}
