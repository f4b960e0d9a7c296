import { factsOf } from '../../worker/message/facts.ts'
import { findingsIn } from '../../worker/message/findings.ts'

/** What is different in a mail that is otherwise as it should be. A field of `undefined` is left out. */
export interface Differing {
  fields?: Record<string, string | undefined>
  before?: string
  html?: string
  text?: string
  regimes?: string[]
}

export const WAY = 'https://floe.example.com/u/AbC123-_x'
export const IMPRINT = { legalName: 'North & Co. Ltd', postalAddress: '1 Quay Street, Dover' }
const FIELDS = {
  From: 'North <news@north.example>',
  To: 'ada@example.com',
  Subject: 'News',
  Date: 'Fri, 20 Nov 2026 15:00:00 +0000',
  'Message-ID': '<1@north.example>',
  'List-Unsubscribe': `<${WAY}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
}
const FOOTER = `Unsubscribe: ${WAY}\n${IMPRINT.legalName}, ${IMPRINT.postalAddress}\n`

/** Returns the findings of a mail, its missing signature aside. */
export async function findingsOf({ fields, before = '', html, text, regimes = ['us_canspam'] }: Differing) {
  const type = html === undefined ? 'plain' : 'html'
  const body = html ?? `${text ?? 'Hi'}\n\n${FOOTER}`
  const head = { ...FIELDS, ...fields, 'Content-Type': `text/${type}; charset=utf-8` }
  const lines = Object.entries(head).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`,
  )
  const raw = `${before}${lines.join('\r\n')}\r\n\r\n${body.replace(/\n/g, '\r\n')}`
  const bytes = Buffer.from(raw).toString('latin1')
  const read = await factsOf(bytes, async () => undefined, 0)
  return findingsIn({ ...read!, ...IMPRINT, link: 'foreign' }, regimes).filter(
    ({ rule }) => !/^dkim\.|^body\.text_missing$/.test(rule),
  )
}

/** Returns the rules that a mail does not keep. */
export const rulesIn = async (mail: Differing): Promise<string[]> =>
  (await findingsOf(mail)).map(({ rule }) => rule).sort()

/** Returns HTML with a footer as it should be. */
export const page = (body: string): string =>
  `<html><body>${body}<p><a href="${WAY}">Unsubscribe</a></p><p>North &amp; Co. Ltd, 1 Quay Street, Dover</p></body></html>`
