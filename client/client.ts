import { answersFor, type Caller, callerFor, each } from './call.ts'
import { type Consents, consents } from './consent.ts'
import type { Answer, Given } from './contract.ts'
import { FloeUnreachable } from './error.ts'
import type { EventOptions, EventPage, LedgerEvent } from './event.ts'
import { wholeExport } from './export.ts'
import { followLedger, readPage } from './follow.ts'
import { dryRunLines, type ImportOptions, type ImportSource, importLines, typeOf } from './import.ts'
import { type Imports, imports } from './imports.ts'
import { type Keys, keys } from './key.ts'
import { type MatchOptions, matchList } from './match.ts'
import { type Messages, messages } from './message.ts'
import { type ClientOptions, open, query, usable } from './request.ts'

export type { Caller } from './call.ts'
export type { Basis, Consent, ConsentResult, Proof, Requested, SignUp } from './consent.ts'
export type { Answer, CallName, Given } from './contract.ts'
export { FloeError, FloeUnreachable } from './error.ts'
export type { DryRunEvent, ImportEvent } from './import.ts'
export type { Import, Undone } from './imports.ts'
export type { ApiKey, Children, KeyLine, KeyRequest } from './key.ts'
export type { Finding, Linted, Prepared, PrepareRequest } from './message.ts'

/** Most addresses one call takes. */
const BATCH_MAX = 10_000

/** Options of a client. */
export interface FloeOptions extends ClientOptions {
  /**
   * Behaviour of a check when Floe cannot be reached: `throw` (do not send; the default), or `deny` every recipient with the
   * reason `unreachable`. There is no `allow`: a check never fails open.
   */
  onUnreachable?: 'throw' | 'deny'
}

/** Decision for one recipient. Times are RFC 3339 UTC. `unreachable`: Floe could not be asked, and the client was told to deny. */
export type Decision = Omit<Answered, 'reason'> & { reason?: Answered['reason'] | 'unreachable' }
type Answered = Answer<'checkAddresses'>['results'][number]

/** Recipients, by address or by the hex SHA-256 of their canonical address. */
export type Recipients = { addresses: readonly string[] } | { sha256: readonly string[] }

/** Subject of a check: mail of a topic, or mail that is owed, such as a receipt. */
export type About =
  | { topic: string; purpose?: 'marketing' | 'transactional' }
  | { topic?: string; purpose: 'transactional' }

/** A topic of the workspace. Checks and links name it by its `name`. */
export type Topic = Answer<'listTopics'>['topics'][number]

/**
 * One recipient's links and header fields, or the reason why there are none. A transactional topic cannot be unsubscribed from,
 * so it has no `unsubscribeUrl`; `headers` is left out where no reports are taken. `returnPath` is an envelope sender whose
 * bounces reach Floe.
 */
export type Links = Answer<'mintLinks'>['links'][number]

/** What a workspace's mailboxes keep out of its mail addresses. */
export type LinkNote = NonNullable<Answer<'mintLinks'>['notes']>[number]

/** A suppression to add. */
export type Entry = ({ address: string } | { sha256: string }) &
  Omit<Given<'addSuppressions'>['entries'][number], 'address' | 'sha256'>

/** Outcome of an entry. `accepted`: in effect, but not yet known to add anything. */
export type EntryResult = Answer<'addSuppressions'>['results'][number]

/** A suppression. */
export type Suppression = Answer<'getSuppression'>

/** A recipient's address id, or the reason why there is none. */
export type Identified = Answer<'identifyAddresses'>['results'][number]

/** Filter of a list or an export. */
export type Filter = Omit<Given<'listSuppressions'>, 'cursor' | 'limit'>

/** Calls of a sender. Lists may have any length; each call is retried until its deadline. */
export interface Floe extends Consents, Imports, Keys, Messages {
  /** Makes any call of the reference by its name, with its fields, and returns its answer. Streams have functions of their own. */
  call: Caller
  /** Lists the topics of the workspace, in order of creation. */
  topics(): Promise<Topic[]>
  /** Returns a decision for each recipient, in the order given. Ask right before the hand-off, and do not store the answers. */
  check(recipients: Recipients, about: About & { signal?: AbortSignal }): Promise<Decision[]>
  /** Mints the links and header fields of recipients, in the order given. `onNotes` is told what Floe notes, once. */
  links(
    topic: string,
    recipients: readonly string[],
    more?: { messageRef?: string; onNotes?(notes: readonly LinkNote[]): void },
  ): Promise<Links[]>
  /** Adds suppressions, and returns the outcome of each. */
  suppress(entries: readonly Entry[]): Promise<EntryResult[]>
  /** Finds every suppression that keeps the workspace from mailing one recipient. */
  find(recipient: { address: string } | { sha256: string }): Promise<Suppression[]>
  /** Lifts a suppression of the sender's own. Throws `FloeError` with `suppression.recipient_made` for a recipient's. */
  lift(id: string): Promise<void>
  /** Lists the suppressions, newest first, page by page. */
  list(filter?: Filter): AsyncGenerator<Suppression>
  /** Lists the ledger in order, up to its newest event. */
  events(options?: EventOptions): AsyncGenerator<LedgerEvent>
  /** Lists the ledger page by page, each with the cursor after it. */
  pages(options?: EventOptions): AsyncGenerator<EventPage>
  /**
   * Follows the ledger, page by page, for ever: it waits for new events, and retries while Floe cannot be reached, calling
   * `onTrouble` each time. No event is lost and none comes twice.
   */
  follow(options?: EventOptions, onTrouble?: (error: Error) => void): AsyncGenerator<EventPage>
  /** Returns the recipients' address ids in the ledger, in the order given. */
  identify(recipients: Recipients): Promise<Identified[]>
  /** Imports a list of any length, resuming after a broken connection. The last event is `done`. */
  import(source: ImportSource, options: ImportOptions): ReturnType<typeof importLines>
  /**
   * Sends a list of your own of any length, and returns what is suppressed of each of its lines as a stream of bytes, to be read while
   * the list goes out. It throws `FloeError` at its end where Floe could not finish it.
   */
  match(list: ReadableStream<Uint8Array>, options: MatchOptions): Promise<ReadableStream<Uint8Array>>
  /** Says what an import of a list would do, and writes nothing. The last event is `done`. */
  dryRun(source: ImportSource, options: Omit<ImportOptions, 'name'>): ReturnType<typeof dryRunLines>
  /** Returns every suppression as a stream of bytes, which throws `FloeError` at its end where Floe could not finish it. */
  export(format: 'csv' | 'ndjson', filter?: Filter): Promise<ReadableStream<Uint8Array>>
}

/**
 * Makes a client for one workspace's key. It stores nothing between calls. Throws `TypeError` for an address or a key that cannot be
 * one.
 */
export function createClient(given: FloeOptions): Floe {
  const options = usable(given)
  const call = callerFor(options)

  const floe: Floe = {
    call,
    ...consents(call),
    ...imports(call),
    ...keys(call),
    ...messages(call, options),

    async topics() {
      const topics: Topic[] = []
      const all = each(
        place => call('listTopics', place),
        page => page.topics,
      )
      for await (const topic of all) topics.push(topic)
      return topics
    },

    async check(recipients, { signal, ...about }) {
      const [field, all] = listOf(recipients)
      const name = field === 'addresses' ? 'address' : 'sha256'
      const decisions: Decision[] = []
      for (const part of parts(all)) {
        try {
          const { results } = await call('checkAddresses', { ...about, [field]: part }, { signal })
          // Another's decision would be taken for theirs.
          answersFor(
            part,
            results,
            (result, text) => result[name] === text && DECISIONS.includes(result.decision),
          )
          decisions.push(...results)
        } catch (error) {
          if (!(error instanceof FloeUnreachable) || options.onUnreachable !== 'deny') throw error
          decisions.push(
            ...part.map((text): Decision => ({ [name]: text, decision: 'deny', reason: 'unreachable' })),
          )
        }
      }
      return decisions
    },

    async links(topic, recipients, { onNotes, ...more } = {}) {
      const links: Links[] = []
      let told: readonly LinkNote[] = []
      for (const part of parts(recipients)) {
        const minted = await call('mintLinks', { topic, recipients: part, ...more })
        answersFor(part, minted.links, ({ address }, text) => address === text)
        links.push(...minted.links)
        told = minted.notes ?? []
      }
      if (told.length > 0) onNotes?.(told)
      return links
    },

    async suppress(entries) {
      const results: EntryResult[] = []
      for (const part of parts(entries)) {
        const answer = await call('addSuppressions', { entries: part as Given<'addSuppressions'>['entries'] })
        answersFor(part, answer.results)
        results.push(...answer.results)
      }
      return results
    },

    find: async recipient => (await call('findSuppressions', recipient)).suppressions,

    async lift(id) {
      await call('liftSuppression', { id })
    },

    list: (filter = {}) =>
      each(
        place => call('listSuppressions', { ...filter, ...place }),
        page => page.suppressions,
      ),

    async *events(which) {
      for await (const { events } of floe.pages(which)) yield* events
    },

    async *pages(which = {}) {
      for (let cursor = which.after; ; ) {
        const page = await readPage(options, { ...which, after: cursor }, 0)
        cursor = page.next
        yield { events: page.events, cursor }
        if (!page.more) return
      }
    },

    follow: (which, onTrouble) => followLedger(options, which, onTrouble),

    async identify(recipients) {
      const results: Identified[] = []
      const [field, all] = listOf(recipients)
      for (const part of parts(all)) {
        const answer = await call('identifyAddresses', { [field]: part })
        answersFor(part, answer.results)
        results.push(...answer.results)
      }
      return results
    },

    import: (source, importOptions) => importLines(options, source, importOptions),

    match: (list, matchOptions) => matchList(options, list, matchOptions),
    dryRun: (source, importOptions) => dryRunLines(options, source, importOptions),

    async export(format, filter = {}) {
      const path = `/v1/suppressions/export?${query({ ...filter, format })}`
      const stream = await open(options, { method: 'GET', path }, typeOf(format))
      return stream.pipeThrough(wholeExport('export'))
    },
  }
  return floe
}

function* parts<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += BATCH_MAX) yield all.slice(from, from + BATCH_MAX)
}

const DECISIONS: readonly unknown[] = ['allow', 'deny']

/** Returns the field and the texts of recipients. Throws `TypeError` where there are both kinds: one would be left out. */
function listOf(recipients: Recipients): readonly ['addresses' | 'sha256', readonly string[]] {
  if ('addresses' in recipients && 'sha256' in recipients)
    throw new TypeError('Recipients are addresses or sha256, not both')
  return 'addresses' in recipients ? ['addresses', recipients.addresses] : ['sha256', recipients.sha256]
}
