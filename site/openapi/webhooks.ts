import { cloudEvent } from '../../worker/webhook/delivery-api.ts'
import { describedSchema, type Schemas } from './described.ts'

const HEADERS = {
  'webhook-id': 'The id of the event: the same at each attempt, so that you can tell that you have had it.',
  'webhook-timestamp': 'When this attempt was made, in seconds since 1970 UTC.',
  'webhook-signature':
    'Signatures of the delivery (Standard Webhooks), one for each secret that counts, with a space between two.',
}

/** Returns what Floe itself calls, for the document: every event goes to an endpoint the same way. */
export const webhooksOf = (schemas: Schemas, closed: boolean): Record<string, object> => ({
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['Webhooks'],
      summary: 'An event of the ledger happened',
      description:
        'Sent to every enabled endpoint that hears of its type, at least once, each recipient’s events in order. Anything but a 2xx is tried again, ten times within three days; 410 ends the endpoint.',
      security: [],
      parameters: Object.entries(HEADERS).map(([name, description]) => ({
        name,
        in: 'header',
        required: true,
        description,
        schema: { type: 'string' },
      })),
      requestBody: {
        required: true,
        content: {
          'application/cloudevents+json': {
            schema: describedSchema(cloudEvent(), { io: 'output', fields: {}, closed }, schemas),
          },
        },
      },
      responses: {
        '2XX': { description: 'Taken' },
        '410': { description: 'The endpoint is gone: nothing more is sent to it' },
        default: { description: 'Not taken: it is sent again' },
      },
    },
  },
})
