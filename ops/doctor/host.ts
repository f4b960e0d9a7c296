import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { type Clock, DAY_MS, timestamp } from '../../core/clock.ts'
import { isThisMachine } from '../../core/host.ts'
import { LINE_MAX, lineLength, messageRefRoom } from '../../core/origin.ts'
import { MESSAGE_REF_MAX_BYTES } from '../../core/token.ts'
import { statusOf } from '../../worker/http/problem.ts'
import { type Finding, findingsOf } from './finding.ts'
import { aheadOf, type ClockReading } from './node.ts'
import { get, inTime, reasonOf } from './reach.ts'

/** Days before its end from which on a certificate is told. */
const CERTIFICATE_DAYS = 21

/** What was found of a host of links, and its clock, where it tells one. */
export interface SeenHost {
  findings: Finding[]
  clocks: ClockReading[]
}

const { ok, warn, fail } = findingsOf('host')

/** Looks at a host of links, from its name to what a mail program's one-click POST meets there. */
export async function lookAtHost(origin: string, clock: Clock): Promise<SeenHost> {
  const { host, hostname, port, protocol } = new URL(origin)
  const findings: Finding[] = []
  const done = (...more: Finding[]): SeenHost => ({ findings: [...findings, ...more], clocks: [] })
  const length = lineLength(origin, 0)
  if (length > LINE_MAX)
    findings.push(
      fail(
        `List-Unsubscribe lines at ${host} have ${length} characters, more than ${LINE_MAX}, and are re-encoded`,
        'take a shorter host for new links; those that were mailed go on working',
      ),
    )
  if (isIP(hostname) === 0 && !isThisMachine(hostname)) {
    const reason = await inTime(lookup(hostname)).then(() => undefined, reasonOf)
    if (reason !== undefined)
      return done(
        fail(
          `${host} does not resolve: ${reason}`,
          'set its DNS record, or add it to floe as a custom domain',
        ),
      )
  }
  let until = ''
  if (protocol === 'https:') {
    const certificate = await inTime(certificateOf(hostname, Number(port) || 443)).catch(reasonOf)
    if (typeof certificate === 'string')
      return done(fail(`${host} makes no TLS connection: ${certificate}`, 'see that its route leads to floe'))
    const found = certificateFinding(host, certificate, clock())
    if (found?.result === 'fail') return done(found)
    if (found) findings.push(found)
    until = `; certificate for ${daysLeft(certificate, clock())} days`
  }
  try {
    const start = clock()
    const health = await get(`${origin}/healthz`)
    const date = Date.parse(health.headers.get('date') ?? '')
    const clocks = Number.isNaN(date) ? [] : [{ whose: host, aheadMs: aheadOf(date + 500, [start, clock()]) }]
    const strange = await strangeAnswer(origin, health)
    if (strange) return { findings: [...findings, strange], clocks }
    const own = findings.length > 0 ? [] : [ok(`${host} answers${until}; ${lineOf(origin)}`)]
    return { findings: [...findings, ...own], clocks }
  } catch (error) {
    return done(
      fail(
        `${host} does not answer: ${reasonOf(error)}`,
        'see that its route leads to floe, and that floe is deployed',
      ),
    )
  }
}

/** Returns what is wrong with how a host answers `/healthz` and a one-click POST, for no recipient's link. */
async function strangeAnswer(origin: string, health: Response): Promise<Finding | undefined> {
  const { host } = new URL(origin)
  const todo = 'see that its route leads to floe, and that nothing before it answers in its place'
  const text = await health.text()
  if (health.status !== 200 || text !== '{"status":"ok"}')
    return fail(`${host} answers ${health.status} at /healthz, and not as Floe does`, todo)
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  const click = await get(`${origin}/u/-`, { method: 'POST', body })
  await click.body?.cancel()
  if (click.status >= 300 && click.status < 400)
    return fail(
      `${host} redirects one-click POSTs, and mail programs do not follow`,
      'take the rule that redirects away for /u/',
    )
  if (click.status !== statusOf({ code: 'token.invalid' }))
    return fail(`${host} answers ${click.status} to a one-click POST, and not as Floe does`, todo)
  return undefined
}

/** End of a certificate, and why it is not trusted. */
interface Certificate {
  until: number
  distrust: string | undefined
}

/** Asks for a host's certificate. It is looked at, whatever it is, and nothing is sent to the host. */
const certificateOf = (host: string, port: number): Promise<Certificate> =>
  new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {}
    const socket = connect({ host, port, ...name, rejectUnauthorized: false }, () => {
      const until = Date.parse(socket.getPeerCertificate().valid_to)
      resolve({ until, distrust: socket.authorized ? undefined : String(socket.authorizationError) })
      socket.destroy()
    })
    socket.once('error', reject)
  })

const daysLeft = ({ until }: Certificate, now: number): number => Math.floor((until - now) / DAY_MS)

function certificateFinding(host: string, certificate: Certificate, now: number): Finding | undefined {
  const { until, distrust } = certificate
  const day = timestamp(until).slice(0, 10)
  const renew = 'renew it: no mail program unsubscribes at a host whose certificate it does not trust'
  if (until <= now) return fail(`the certificate of ${host} ended on ${day}`, renew)
  if (distrust !== undefined) return fail(`the certificate of ${host} is not trusted: ${distrust}`, renew)
  const left = daysLeft(certificate, now)
  if (left < CERTIFICATE_DAYS)
    return warn(
      `the certificate of ${host} ends in ${left} days, on ${day}`,
      'see why it was not renewed yet',
    )
  return undefined
}

/** Returns how long the List-Unsubscribe line at an origin is and, where it has no room for any message reference, how long one may be. */
function lineOf(origin: string): string {
  const room = messageRefRoom(origin)
  const line = `List-Unsubscribe has ${lineLength(origin, 0)} of ${LINE_MAX}`
  return room === MESSAGE_REF_MAX_BYTES ? line : `${line}, and room for a messageRef of ${room}`
}
