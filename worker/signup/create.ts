import { Fault, invalidField } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { FORMS_MAX } from '../../core/limits.ts'
import { noticeOf } from '../../db/notice.ts'
import { createForm as insertForm } from '../../db/signup-form.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { SubscriptionDeps } from '../subscription/deps.ts'
import { demandReturn } from '../subscription/return-url.ts'
import { namedTopics } from '../subscription/topics.ts'
import * as api from './api.ts'
import { formName } from './form-key.ts'
import { formWithHtml } from './form-view.ts'

/**
 * Makes a sign-up form of the caller's workspace. Throws `key.invalid`, `key.forbidden`, `request.invalid`, `topic.not_found`, `notice.not_found`,
 * `return_url.not_allowed`, `form.no_mailer` where Floe mails no confirmations, `form.limit`, `database.unavailable`.
 */
export const createForm = verb(
  api.createForm,
  async (ctx: CallContext<SubscriptionDeps>, input): Promise<AnswerOf<typeof api.createFormDoc>> => {
    const { tenant, workspace } = ctx
    const [[settings], topics, [notice]] = await ctx.read([
      workspaceByNumber(workspace),
      topicsOf(workspace),
      noticeOf(workspace, input.notice.name, input.notice.version),
    ])
    if (!ctx.mailer) throw new Fault({ code: 'form.no_mailer' })
    const chosen = namedTopics(topics, input.topics)
    const owed = chosen.find(({ kind }) => kind === 'transactional')
    // The page says that one click in every mail ends it, and no click ends what is owed.
    if (owed) throw invalidField('topics', `names ${owed.name}, which is transactional`)
    if (!notice)
      throw new Fault({
        code: 'notice.not_found',
        notice: input.notice.name,
        version: input.notice.version,
      })
    const { returnUrl = null } = input
    if (returnUrl !== null) demandReturn(settings!, returnUrl, 'returnUrl')
    const at = ctx.clock()
    const ref = newRef()
    const row = {
      ref,
      tenant,
      workspace,
      settings: { ...input, topics: chosen.map(({ number }) => number), returnUrl },
      madeBy: ctx.keyId ?? null,
      createdAt: at,
    }
    const created = ctx.event('signup_form.created', {
      at,
      subject: formName(ref),
      data: {
        topics: chosen.map(({ name }) => name).join(' '),
        notice: notice.name,
        noticeVersion: notice.version,
        locale: input.locale,
        perDay: input.perDay,
      },
    })
    const [made] = await ctx.commit(insertForm(row, created), 'results')
    if (made!.affected === 0) throw new Fault({ code: 'form.limit', limit: FORMS_MAX })
    return formWithHtml(ctx, { ...row, linkHost: settings!.linkHost }, topics, notice.url)
  },
)
