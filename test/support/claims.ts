/** What a check says of a topic, for the purpose for which its mail is sent. */
interface Fact {
  decision: string
  reason?: string
}

/** What checks say of a recipient. */
export type Facts = Record<'news' | 'offers' | 'receipts', Fact>

/** A sentence that a page may say, and what has to be so where it says anything of mail. */
type Claim = readonly [text: RegExp, holds?: (facts: Facts) => boolean]

const denied = ({ decision }: Fact) => decision === 'deny'
const allowed = ({ decision }: Fact) => decision === 'allow'
/** A pause ends by itself, and its page says so. */
const wanted = (fact: Fact) => allowed(fact) || fact.reason === 'paused'
const off = ({ news, offers }: Facts) => denied(news) && denied(offers)

/**
 * Every sentence of the pages behind a link, written apart from the dictionaries: a page that says anything else, or the opposite, is
 * not in it. What has no condition says nothing of which mail comes.
 */
export const CLAIMS: readonly Claim[] = [
  // The unsubscribe page, and those that follow it.
  [/^Unsubscribe from News\?$/],
  [/^North & Co\. may then no longer send it to .*$/],
  [/^You (are|were) already unsubscribed$/, ({ news, receipts }) => denied(news) || denied(receipts)],
  [/^News from North & Co\. no longer goes to .*$/, ({ news }) => denied(news)],
  [/^Orders and receipts from North & Co\. no longer goes to .*$/, ({ receipts }) => denied(receipts)],
  [/^No news or offers from North & Co\. go to .*$/, off],
  [/^You are unsubscribed$/, ({ news, receipts }) => denied(news) || denied(receipts)],
  [/^North & Co\. will not send News to .* any more\.$/, ({ news }) => denied(news)],
  [/^North & Co\. will not send Orders and receipts to .* any more\.$/, ({ receipts }) => denied(receipts)],
  [/^You are unsubscribed from everything$/, off],
  [/^North & Co\. will not send news or offers of any kind to .* any more\.$/, off],
  [/^Orders and receipts cannot be turned off here$/, ({ receipts }) => allowed(receipts)],
  [
    /^North & Co\. sends these emails to .* because of something you did, such as an order\.$/,
    ({ receipts }) => allowed(receipts),
  ],
  [/^They go on, whatever you choose here\.$/, ({ receipts }) => allowed(receipts)],
  [/^News from North & Co\. to .*: everything is as if you had never pressed the button\.$/],
  [/^Emails from North & Co\. to .* still stay off, .*$/, ({ news }) => denied(news)],
  [
    /^(Unsubscribed|Undone|Orders and receipts|Unsubscribe from News|Unsubscribe from Orders and receipts) · North & Co\.$/,
  ],
  [/^(Undone|Your last step is undone\.|Not what you meant\?|Changed your mind\?)$/],
  [/^Unsubscribing does not stop emails about your orders or your account\.$/],
  [/^(This takes effect now\.|An email already on its way may still arrive\.)$/],
  [/^If you do not want them, ask North & Co\.: .*$/],
  [/^Your choice is recorded\.$/],
  [/^(Nothing changes until you press a button|Nothing needed to change|There is nothing more to do)\.$/],
  // The preference center.
  [/^All North & Co\. emails below are off\.$/, off],
  [/^You are unsubscribed from all North & Co\. emails\.$/, off],
  [/^You will no longer get: News$/, ({ news }) => denied(news)],
  [/^You will no longer get: Offers$/, ({ offers }) => denied(offers)],
  [/^Already off before: News$/, ({ news }) => denied(news)],
  [/^Emails marked as required may still come\.$/, ({ receipts }) => allowed(receipts)],
  [/^Paused until \d+ \w+ \d{4}\.$/, off],
  [/^Until then, only emails marked as required come\.$/, facts => off(facts) && allowed(facts.receipts)],
  [
    /^After that, the emails ticked below start again\.$/,
    ({ news, offers }) => [news, offers].some(({ reason }) => reason === 'paused'),
  ],
  [/^Choose the North & Co\. emails you want at .*$/, ({ news, offers }) => wanted(news) || wanted(offers)],
  [/^These are the North & Co\. emails for .*$/],
  [/^((Saved|Undone|Check your inbox): )?Email preferences( · North & Co\.)?$/],
  [/^(Check your inbox\.|If we can email a confirmation, it is on its way to .*)$/],
  [/^Nothing is turned on before you confirm( it there)?\.$/],
  [/^We send at most three of these emails a day\.$/],
  [/^There was nothing to change\.$/],
  [/^The language is changed\.$/],
  [/^Recorded for North & Co\.: your data may not be sold or shared\.$/],
  [/^This includes emails North & Co\. adds later\.$/],
  [/^(Pause emails|Pause for longer|To subscribe again|Why do I get these emails\?)$/],
  [/^To turn an email on, we first send you a link to confirm it\.$/],
  [/^A link in an email can only turn emails off, so that nobody who gets hold of it can sign you up\.$/],
  [/^To get some of them again, sign up with North & Co\. again\.$/],
  [
    /^Some of these emails cannot be turned on from here, nor by signing up again\.$/,
    ({ news, offers, receipts }) => [news, offers, receipts].some(denied),
  ],
  [/^What keeps them away, and what of that you can take back, is on the page of your data: .*$/],
  [
    /^(This link may have been passed on\.|So the reason, and what was chosen when and where, is shown only after an email to your own address\.)$/,
  ],
  // What buttons and links are called.
  [
    /^(Undo|Unsubscribe|Unsubscribe again|Unsubscribe from all( North & Co\. emails)?|Save changes|(30|60|90) days)$/,
  ],
  [/^(Choose what you (get instead|still get)|See what is off|See, correct or erase your data)$/],
]

const TOPICS = { News: 'news', Offers: 'offers', 'Orders and receipts': 'receipts' } as const

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const mainOf = (html: string): string => /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? ''
const LIST = /<ul class="topics"[\s\S]*?<\/ul>/

/** Returns the sentences that a page says to its reader; topics are read by `rowsOf`. */
export const linesOf = (html: string): string[] =>
  [
    /<title>([^<]*)/.exec(html)![1]!,
    ...mainOf(html)
      .replace(LIST, '')
      .split(/<\/?(?:p|h1|h2|li|div|button|summary|legend|strong|form|a)\b[^>]*>/),
  ]
    .flatMap(part => textOf(part).split(/(?<=[.?!]) (?=[A-Z])/))
    .filter(line => line !== '')

/** Returns what a page's list says of each topic. */
export const rowsOf = (html: string): [topic: keyof Facts, said: string][] =>
  (LIST.exec(mainOf(html))?.[0] ?? '')
    .split('</li>')
    .filter(row => row.includes('<li'))
    .map(row => {
      const text = textOf(row)
      const name = Object.keys(TOPICS).find(one => text.startsWith(one)) as keyof typeof TOPICS
      const said = /type="checkbox"[^>]*checked/.test(row)
        ? 'ticked'
        : /(Off|Not confirmed|Required)/.exec(text.slice(name.length))![1]!
      return [TOPICS[name], said]
    })

const ROWS: Record<string, (fact: Fact) => boolean> = {
  ticked: wanted,
  Off: denied,
  'Not confirmed': denied,
  Required: allowed,
}

const claimFor = (line: string) => CLAIMS.find(([text]) => text.test(line))

/** Returns the claims that a page makes, as the table has them. */
export const claimsOf = (html: string): string[] =>
  linesOf(html).flatMap(line => claimFor(line)?.[0].source ?? [])

/** Returns what a page says that is not so, or is not in the table. */
export function falseIn(html: string, facts: Facts): string[] {
  const rows = rowsOf(html).filter(([topic, said]) => !ROWS[said]!(facts[topic]))
  const lines = linesOf(html).filter(line => {
    const claim = claimFor(line)
    return !claim || claim[1]?.(facts) === false
  })
  return [...rows.map(row => row.join(': ')), ...lines]
}
