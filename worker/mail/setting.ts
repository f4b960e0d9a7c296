/** Connection to a mail server: `tls` from the first byte, `starttls` as a requirement, `plain` within this machine only. */
export interface SmtpSetting {
  kind: 'smtp'
  host: string
  port: number
  security: 'tls' | 'starttls' | 'plain'
  login?: { user: string; password: string }
}

/** Postmark's API for single mails, and the token of the server there. */
export interface PostmarkSetting {
  kind: 'postmark'
  url: string
  token: string
}

/** Mailgun's API for one sending domain, and its key. */
export interface MailgunSetting {
  kind: 'mailgun'
  url: string
  key: string
}

/** The transport of mails, or none: senders then mail the confirmation links themselves. */
export type MailSetting = { kind: 'none' } | SmtpSetting | PostmarkSetting | MailgunSetting

const HOST = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$/
const MAILGUN_HOSTS = ['api.mailgun.net', 'api.eu.mailgun.net']

/**
 * Parses the setting MAIL_URL; undefined for text in none of these forms. User and password are percent-encoded.
 *
 * - `none:`
 * - `smtp://[user:password@]host[:587]`: STARTTLS is required, so that nobody on the way reads address or password; without
 * TLS
 * only within this machine, and only without a password
 * - `smtps://[user:password@]host[:465]`: TLS from the first byte
 * - `postmark://server-token`, or `…@host:port` of this machine for tests
 * - `mailgun://api-key@api.mailgun.net/sending.domain`, or api.eu.mailgun.net
 */
export function parseMailUrl(text: string): MailSetting | undefined {
  if (text === 'none:') return { kind: 'none' }
  if (!URL.canParse(text) || /[?#\s]/.test(text)) return undefined
  const url = new URL(text)
  const host = url.hostname.toLowerCase()
  const user = decoded(url.username)
  const password = decoded(url.password)
  if (!HOST.test(host) && url.protocol !== 'postmark:') return undefined
  if (user === undefined || password === undefined) return undefined
  const path = url.pathname.replace(/^\//, '')
  switch (url.protocol) {
    case 'smtp:':
    case 'smtps:': {
      if (path || !user !== !password) return undefined
      const login = user ? { login: { user, password } } : {}
      const implicit = url.protocol === 'smtps:'
      const security = implicit ? 'tls' : isThisMachine(host) && !user ? 'plain' : 'starttls'
      return { kind: 'smtp', host, port: Number(url.port) || (implicit ? 465 : 587), security, ...login }
    }
    case 'postmark:': {
      if (path || password) return undefined
      // Without an @ the token is the host of the URL, in its original case.
      const token = user || decoded(url.hostname)
      const origin = user ? originOf(url, host, []) : 'https://api.postmarkapp.com'
      if (!token || !origin || (!user && url.port)) return undefined
      return { kind: 'postmark', url: `${origin}/email`, token }
    }
    case 'mailgun:': {
      const origin = originOf(url, host, MAILGUN_HOSTS)
      if (!user || password || !origin || !HOST.test(path)) return undefined
      return { kind: 'mailgun', url: `${origin}/v3/${path}/messages`, key: user }
    }
  }
  return undefined
}

const isThisMachine = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host)

/** Returns the origin of a provider's API, by TLS or on this machine, so that a key is never sent in plain over a network. */
function originOf(url: URL, host: string, known: string[]): string | undefined {
  if (isThisMachine(host)) return `http://${url.host}`
  return known.includes(host) && !url.port ? `https://${host}` : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
