import { bounceOf } from '../../core/bounce.ts'
import { trimEndOf } from '../message/scan.ts'
import type { ReportEntry } from './delivery-status.ts'
import { failureIn } from './delivery-status.ts'
import { addressIn, withoutAddresses, withoutComments } from './fields.ts'

/** Lines that are looked at, and characters of one: a server's words come first. */
const LINES_MAX = 400
const LINE_MAX = 1000
/** Characters within which a bounce says that it is one. */
const OPENING_MAX = 2000
const WORDS_MAX = 2000

/** Begins of the line before the copy of the original mail, without the dashes around it. */
const COPY =
  /^(?:below (?:this line )?is a copy|(?:this is )?a copy of (?:the|your) |(?:the )?(?:original|unsent|returned|undelivered) message|(?:the )?headers? of the original|(?:original )?(?:message )?headers? (?:is|are|follow)|message contents? follow|(?:included|enclosed) is a copy)/i
/** The line itself, where nothing announces the copy. */
const COPIED = /^(?:Received|Return-Path|DKIM-Signature|MIME-Version):/i

/** What mail servers say when they give a mail back, in their first sentences; `n't` is written out. */
const OPENING = [
  'this is the qmail-send program',
  'not able to deliver',
  'unable to deliver',
  'could not deliver',
  'cannot deliver',
  'failed to deliver',
  'could not be delivered',
  'cannot be delivered',
  'was not delivered',
  'not be reached',
  'did not reach',
  'undeliverable',
  'delivery has failed',
  'delivery failed',
  'recipient failed',
  'recipients failed',
  'address failed',
  'addresses failed',
  'address(es) failed',
  'had permanent fatal errors',
  'had fatal errors',
  'had delivery problems',
  'had delivery errors',
  '-- transcript of session follows',
  'error delivering your',
  'attempting to deliver',
  'trying to deliver',
  'trouble delivering',
  'has been blocked',
  'been rejected',
  'was rejected',
  'was bounced',
  'has been bounced',
  'has been returned',
  'user unknown',
  'unknown user',
  'no such user',
  'mailbox is full',
  // What is still tried is known as well, and nothing follows from it.
  'warning message only',
  'not yet been delivered',
  'is delayed',
  'been delayed',
]

/** What a server says that keeps trying, or that delivered. */
const NO_FAILURE = [
  'warning message only',
  'not yet been delivered',
  'not been delivered yet',
  'will continue',
  'will keep trying',
  'will be retried',
  'will be attempted',
  'will be tried',
  'is delayed',
  'been delayed',
  'was delayed',
  'not need to resend',
  'no action is required',
  'successfully',
]

/** The text of a bounce before the copy of the original mail, and the copy. */
export function beforeCopy(text: string): { words: string[]; copy: string | undefined } {
  const lines = text.split(/\r?\n/)
  const at = lines.findIndex(line => COPIED.test(line) || announcesCopy(line))
  if (at < 0) return { words: lines, copy: undefined }
  return { words: lines.slice(0, at), copy: lines.slice(COPIED.test(lines[at]!) ? at : at + 1).join('\n') }
}

/** Whether a line says that the original follows: in dashes, or with a word at its end. A server's words may quote the rest. */
function announcesCopy(line: string): boolean {
  const whole = line.slice(0, LINE_MAX).trim()
  const bare = whole.replace(/^[-*_=\s]+/, '')
  const marked = bare.length < whole.length - 1 || /(?:follow(?:s|ing)?[.:]?|:)$/i.test(whole)
  return marked && COPY.test(bare)
}

/**
 * Returns the failures in the text of a bounce that was written for people, as qmail, Exim, hMailServer and others write it,
 * or undefined where it is none. Only words before the copy of the original mail count: that has whatever its sender wrote.
 */
export function plainBounces(text: string): ReportEntry[] | undefined {
  const { words } = beforeCopy(text)
  const lines = words.slice(0, LINES_MAX).map(line => line.slice(0, LINE_MAX).trim())
  const opening = said(lines).slice(0, OPENING_MAX).replace(/\s+/g, ' ').toLowerCase()
  const plainer = opening.replaceAll('’', "'").replaceAll("can't", 'cannot').replaceAll("n't", ' not')
  if (!OPENING.some(words => plainer.includes(words))) return undefined
  if (NO_FAILURE.some(words => plainer.includes(words))) return []
  const about = new Map<string | undefined, string[]>()
  let address: string | undefined
  for (const line of lines) {
    const named = addressAtBegin(line)
    address = named ?? address
    const others = about.get(address)
    if (others) others.push(line)
    else about.set(address, [line])
  }
  const preamble = about.get(undefined) ?? []
  if (about.size > 1) about.delete(undefined)
  return [...about].map(([address, some]) => {
    const diagnostic = withoutAddresses(said(some).slice(0, WORDS_MAX))
    // Of one recipient everything is said, also what comes before the address.
    const status = failureIn(diagnostic) ?? (about.size === 1 ? failureIn(said(preamble)) : undefined)
    return { kind: bounceOf(status, diagnostic), address, status, diagnostic }
  })
}

/** Returns lines as one text, without what is quoted: somebody who quotes a bounce is no server. */
const said = (lines: readonly string[]): string => lines.filter(line => !/^>(?!>)/.test(line)).join(' ')

/** Returns the address with which a line begins, in lower case; servers name a recipient so before they say what happened. */
function addressAtBegin(line: string): string | undefined {
  const [word] = /^["'<]*[^\s"'<>:;,()@]+@[^\s"'<>:;,()@]+/.exec(withoutComments(line)) ?? []
  if (word === undefined) return undefined
  return addressIn(trimEndOf(word.replace(/^["'<]+/, ''), '.'))?.toLowerCase()
}
