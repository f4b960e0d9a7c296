import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { createInterface } from 'node:readline/promises'
import { urlOf } from '../../core/web-address.ts'
import type { Options } from './options.ts'
import { SHAPES, type Shape } from './shapes.ts'
import { bold, dim, green, red } from './style.ts'
import { Usage } from './usage-error.ts'

/** Milliseconds that mail programs wait. */
const PATIENCE_MS = 5000

/** Result of one request. */
interface Outcome {
  shape: string
  status: number | undefined
  ms: number
  faults: string[]
}

/**
 * Sends the requests of mail programs to a one-click link of any system, and reports the answers. It unsubscribes the link's
 * recipient, so the caller must state that the link is for testing, and is asked once more. Returns 1 when an answer is faulty.
 */
export async function probe(link: string | undefined, options: Options): Promise<number> {
  if (link === undefined) throw new Usage('probe needs a link.')
  if (!/^https?:$/.test(urlOf(link)?.protocol ?? '')) throw new Usage(`${link} is no web address.`)
  if (!options['test-link'])
    throw new Usage(
      'This unsubscribes whoever the link is for. Make a link for a test recipient, and say so with --test-link.',
    )
  if (!options.yes && !(await agreed(link))) {
    console.error('Nothing was fired.')
    return 2
  }
  const outcomes: Outcome[] = []
  for (const shape of SHAPES) {
    const outcome = await fire(link, shape)
    outcomes.push(outcome)
    if (options.json) console.log(JSON.stringify(outcome))
    else console.log(told(outcome))
  }
  const faulty = outcomes.filter(({ faults }) => faults.length > 0).length
  console.error(`${outcomes.length - faulty} of ${outcomes.length} as they should be`)
  if (!options.json)
    console.error(
      dim('Whether HEAD, GET and OPTIONS changed nothing, only the system itself can tell: look there.'),
    )
  return faulty > 0 ? 1 : 0
}

async function agreed(link: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Usage('Nobody is there to ask. Say --yes to fire without asking.')
  const ask = createInterface({ input: process.stdin, output: process.stderr })
  const { host } = new URL(link)
  const answer = await ask.question(
    `${SHAPES.length} requests go to ${bold(host)}; ${SHAPES.filter(({ method }) => method === 'POST').length} of them unsubscribe. Go on? [y/N] `,
  )
  ask.close()
  return /^y(?:es)?$/i.test(answer.trim())
}

/** Sends one request as its client does, over its own connection, since `fetch` would add header fields. */
function fire(
  link: string,
  { name, method, headers = {}, body, chunked, slash, cors }: Shape,
): Promise<Outcome> {
  const url = new URL(link)
  if (slash) url.pathname = `${url.pathname.replace(/\/$/, '')}/`
  const start = performance.now()
  const sent = Object.fromEntries(
    Object.entries({ 'user-agent': 'floe-probe', ...headers }).filter(([, value]) => value),
  )
  if (body !== undefined && !chunked) sent['content-length'] = String(Buffer.byteLength(body))
  return new Promise(resolve => {
    const done = (status: number | undefined, faults: string[]) =>
      resolve({ shape: name, status, ms: Math.round(performance.now() - start), faults })
    const call = (url.protocol === 'https:' ? secure : plain)(url, {
      method,
      headers: sent,
      timeout: PATIENCE_MS,
      agent: false,
    })
    call.on('response', answer => {
      answer.resume()
      answer.on('end', () =>
        done(answer.statusCode, faultsOf(method, answer.statusCode!, answer.headers, cors)),
      )
    })
    call.on('timeout', () => call.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)))
    call.on('error', error => done(undefined, [error.message]))
    if (chunked) for (const piece of body?.match(/.{1,9}/g) ?? []) call.write(piece)
    else if (body !== undefined) call.write(body)
    call.end()
  })
}

function faultsOf(
  method: Shape['method'],
  status: number,
  headers: Record<string, string | string[] | undefined>,
  cors = false,
): string[] {
  const post = method === 'POST'
  const faults: (string | false)[] = [
    status >= 300 && status < 400 && `redirects${post ? ' (RFC 8058 §3.1: MUST NOT)' : ''}`,
    post &&
      (status < 200 || status > 299) &&
      !(status >= 300 && status < 400) &&
      'is no success: the program tells its user that it failed',
    !post && status >= 500 && 'fails',
    method === 'GET' && status === 405 && 'has no page for a person (RFC 8058 §3.2)',
    headers['set-cookie'] !== undefined && 'sets a cookie',
    cors &&
      headers['access-control-allow-origin'] === undefined &&
      'lets no browser see that it worked (Access-Control-Allow-Origin)',
  ]
  return faults.filter(fault => fault !== false)
}

const told = ({ shape, status, ms, faults }: Outcome): string =>
  `${faults.length > 0 ? red('✗') : green('✓')} ${shape.padEnd(36)} ${String(status ?? '—').padStart(3)} ${dim(`${ms} ms`.padStart(8))}${faults
    .map(fault => `  ${fault}`)
    .join(',')}`
