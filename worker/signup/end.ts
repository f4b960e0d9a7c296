import { Fault } from '../../core/fault.ts'
import { formOf, endForm as markEnded } from '../../db/signup-form.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import { formRefOf } from './form-key.ts'

/**
 * Ends a sign-up form of the caller's workspace: it takes no sign-up any more. Throws `key.invalid`, `key.forbidden`,
 * `form.not_found` (also for one that has ended), `database.unavailable`.
 */
export const endForm = verb(
  api.endForm,
  async (ctx: CallContext, { id }): Promise<AnswerOf<typeof api.endFormDoc>> => {
    const ref = formRefOf(id) ?? new Uint8Array()
    const [[form]] = await ctx.read([formOf(ctx.workspace, ref)])
    if (!form) throw new Fault({ code: 'form.not_found' })
    const [ended] = await ctx.commit(
      markEnded(ref, ctx.event('signup_form.ended', { subject: id })),
      'results',
    )
    if (ended!.affected === 0) throw new Fault({ code: 'form.not_found' })
    return { id, outcome: 'ended' }
  },
)
