import { JSON_HEADERS } from '../../../worker/http/headers.ts'

const HEADERS = { ...JSON_HEADERS, 'x-request-id': '00000000-0000-4000-8000-000000000000' }

/** The bytes of /healthz, except the request id, from a worker without a framework. */
export default {
  fetch: () => new Response('{"status":"ok"}', { headers: HEADERS }),
}
