import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** How long mail that is coming in holds up the end, milliseconds; what was not taken by then comes again. */
const CLOSE_MS = 1000
/** As much as Cloudflare's Email Routing takes. */
const SIZE_MAX = 25 * 1024 * 1024

/** Takes a mail for one recipient; returns the reason of a refusal, or undefined. Throws where the mail has to come again. */
export type TakeMail = (
  envelope: { from: string; to: string },
  mail: Uint8Array,
) => Promise<string | undefined>

/** A server that takes mail. */
export interface MailDoor {
  port: number
  close(): Promise<void>
}

/**
 * Takes mail by LMTP (RFC 2033) on this machine, for a mail server that delivers to Floe: 250 for what was taken, 550 for what was
 * refused, 451 for what its server shall try again. A recipient's address is in no argument and no URL.
 */
export async function openMailDoor(port: number, take: TakeMail): Promise<MailDoor> {
  const server = new SMTPServer({
    lmtp: true,
    size: SIZE_MAX,
    closeTimeout: CLOSE_MS,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const answer = async (mail: Uint8Array, to: string) => {
        if (stream.sizeExceeded) return refusal(552, 'The mail is too large.')
        try {
          const reason = await take({ from, to }, mail)
          return reason === undefined ? 'Taken' : refusal(550, reason)
        } catch {
          // The Worker has logged why.
          return refusal(451, 'Try again later.')
        }
      }
      buffer(stream)
        .then(mail => Promise.all(envelope.rcptTo.map(({ address }) => answer(mail, address))))
        // LMTP answers for each recipient, which the types do not know.
        .then(answers => done(null, answers as unknown as string), done)
    },
  })
  // A mail server that hangs up is no failure of ours.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode })
