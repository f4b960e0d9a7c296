import type { Caller } from './caller.ts'
import { type CallContext, callOf } from './context.ts'
import type { InputOf, Operation } from './operation.ts'
import type { Services } from './services.ts'

/** Use case of a call, for whichever caller. */
export interface Verb<O extends Operation = Operation, D extends Services = Services, Answer = object> {
  (services: D, caller: Caller, input: InputOf<O>, idempotencyKey?: string): Promise<Answer>
  operation: O
}

/** Returns the verb of a call: `run`, for callers with the call's permission. */
/* @__NO_SIDE_EFFECTS__ */
export function verb<O extends Operation & { permission: string }, D extends Services, Answer>(
  operation: O,
  run: (ctx: CallContext<D>, input: InputOf<O>) => Promise<Answer>,
): Verb<O, D, Answer> {
  const call = (services: D, caller: Caller, input: InputOf<O>, idempotencyKey?: string) =>
    run(callOf(services, caller, operation.permission!, idempotencyKey), input)
  return Object.assign(call, { operation })
}
