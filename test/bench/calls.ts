import { signUp } from '../support/sign-up.ts'
import type { Floe } from './floe.ts'
import { ask, type Wire, wire } from './load.ts'

/** A page or a sender's call, as often as it is asked for. */
export interface Call {
  name: string
  request(): Wire
  /** Status of its answer; 200 when left out. */
  status?: number
}

const READER = 'reader@example.com'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Returns the pages of a recipient and the calls of a sender that are asked for at any size. */
export async function callsOf(floe: Floe): Promise<Call[]> {
  const linked = await ask(floe.worker.url, floe.call('/v1/links', { topic: 'news', recipients: [READER] }))
  const [links] = JSON.parse(linked.body.toString()).links
  const pathOf = (url: string) => new URL(url).pathname
  const [unsubscribe, preferences] = [pathOf(links.unsubscribeUrl), pathOf(links.preferencesUrl)]
  let fresh = Math.floor(Math.random() * 1e9)
  const someone = () => `reader.${fresh++}@example.com`

  const get = (name: string, path: string, headers = {}): Call => ({
    name: `GET ${name}`,
    request: () => wire('GET', path, '', headers),
  })
  const read = (path: string) => get(path, path, { authorization: `Bearer ${floe.apiKey}` })
  const post = (path: string, body: () => object, status?: number): Call => ({
    name: `POST ${path}`,
    request: () => floe.call(path, body()),
    ...(status !== undefined && { status }),
  })
  return [
    get('/u/:token', unsubscribe),
    { name: 'POST /u/:token', request: floe.freshClick },
    get('/p/:token', preferences),
    {
      name: 'POST /p/:token',
      request: () => wire('POST', preferences, 'act=pause&days=30', { ...FORM, accept: 'application/json' }),
    },
    post('/v1/check', () => ({ topic: 'news', addresses: [someone()] })),
    post('/v1/links', () => ({ topic: 'news', recipients: [someone()] })),
    post('/v1/suppressions', () => ({
      entries: [{ address: someone(), scope: 'workspace', reason: 'manual' }],
    })),
    read('/v1/suppressions?limit=100'),
    post('/v1/suppressions/find', () => ({ address: READER })),
    post('/v1/subscriptions', () => signUp(someone()), 202),
    post('/v1/consents/withdraw', () => ({ address: someone() })),
    post('/v1/consents/prove', () => ({ address: READER })),
    read('/v1/events?limit=100'),
    read('/v1/topics'),
    read('/v1/webhook-endpoints'),
    read('/v1/rights-requests'),
    read('/v1/api-keys'),
    read('/v1/forms'),
  ]
}
