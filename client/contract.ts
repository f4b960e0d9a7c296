import type * as access from '../worker/access/api.ts'
import type { AnswerOf, Documented, GivenOf } from '../worker/call/operation.ts'
import type * as consent from '../worker/consent/api.ts'
import type * as inbound from '../worker/inbound/api.ts'
import type * as ledger from '../worker/ledger/api.ts'
import type * as statistics from '../worker/ledger/statistics-api.ts'
import type * as message from '../worker/message/api.ts'
import type * as rights from '../worker/rights-request/api.ts'
import type * as signup from '../worker/signup/api.ts'
import type * as subscription from '../worker/subscription/api.ts'
import type * as suppression from '../worker/suppression/api.ts'
import type * as check from '../worker/suppression/check-api.ts'
import type * as transfer from '../worker/suppression/import-api.ts'
import type * as imports from '../worker/suppression/imports-api.ts'
import type * as topic from '../worker/topic/api.ts'
import type * as unsubscribe from '../worker/unsubscribe/api.ts'
import type * as webhook from '../worker/webhook/api.ts'
import type * as delivery from '../worker/webhook/delivery-api.ts'

/** The contracts of calls. In the package this file is made from `/openapi.json`, which is made from them. */
type Contracts = typeof access &
  typeof check &
  typeof consent &
  typeof delivery &
  typeof imports &
  typeof inbound &
  typeof ledger &
  typeof message &
  typeof rights &
  typeof signup &
  typeof statistics &
  typeof subscription &
  typeof suppression &
  typeof topic &
  typeof transfer &
  typeof unsubscribe &
  typeof webhook

type Contract = Extract<Contracts[keyof Contracts], Documented>

/** Calls that a client makes otherwise: what they take or answer is no JSON, or a provider's. */
type NoJson = 'importSuppressions' | 'receiveReport' | 'receiveMessage'

/** Calls of a key. Those of links are a recipient's. */
type Keyed = Exclude<Extract<Contract['operation'], { permission: string }>, { id: NoJson }>

/** The name of a call, as in the reference. */
export type CallName = Keyed['id']

type One<Name extends string> = Extract<Contract, { operation: { id: Name } }>

/** What a call takes: the fields of its path, its query and its body. */
export type Given<Name extends CallName> = [GivenOf<One<Name>['operation']>] extends [never]
  ? Record<never, never>
  : One<Name>['operation'] extends { limitBytes: number }
    ? GivenOf<One<Name>['operation']>
    : Asked<GivenOf<One<Name>['operation']>>

/** Fields of a query, whose numbers and flags are text on the wire alone. */
type Asked<Fields> = {
  [Field in keyof Fields]: Field extends 'limit' | 'wait'
    ? number
    : Field extends 'evidence'
      ? boolean
      : Fields[Field]
}

/** What a call answers. */
export type Answer<Name extends CallName | 'receiveMessage'> = AnswerOf<One<Name>>

/** The path of a call, without the patterns of the router. */
type Plain<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${Plain<After>}`
  : Path

/** Method and path of each call, and `json` where it has a body. */
export type Routes = {
  [Name in CallName]: Extract<Keyed, { id: Name }> extends infer O extends { method: string; path: string }
    ? `${O['method']} ${Plain<O['path']>}${O extends { limitBytes: number } ? ' json' : ''}`
    : never
}

/** A line of what an import or a dry run answers. */
export type { ImportLine } from '../worker/suppression/import-api.ts'
