import type { Delivery } from '../../core/mailer.ts'

const MAIL_API_DEADLINE_MS = 10_000

/**
 * Posts a mail to a provider's API and returns its delivery; `isRefusal` tells a refused mail from a fault of our account.
 * Never throws. The provider's messages quote addresses and are dropped.
 */
export async function postMail(
  name: string,
  url: string,
  init: RequestInit,
  isRefusal: (answer: Response) => Promise<boolean> | boolean,
): Promise<Delivery> {
  try {
    // Following a redirect would hand key and address to another server.
    const signal = AbortSignal.timeout(MAIL_API_DEADLINE_MS)
    const answer = await fetch(url, { ...init, method: 'POST', redirect: 'manual', signal })
    if (answer.ok) {
      await answer.body?.cancel()
      return { outcome: 'sent' }
    }
    const refused = await isRefusal(answer)
    return { outcome: refused ? 'refused' : 'failed', code: `${name}.${answer.status}` }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    return { outcome: 'failed', code: late ? 'timeout' : `${name}.connection` }
  }
}
