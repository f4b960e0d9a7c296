import { JSON_HEADERS } from '../../../worker/http/headers.ts'

/** The very octets of our /healthz, from a worker without a framework. */
export default {
  fetch: () => new Response('{"status":"ok"}', { headers: JSON_HEADERS }),
}
