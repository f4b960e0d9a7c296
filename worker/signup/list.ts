import { Fault } from '../../core/fault.ts'
import { noticesOf } from '../../db/notice.ts'
import { formOf, formsOf } from '../../db/signup-form.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { formRefOf } from './form-key.ts'
import { formView, formWithHtml } from './form-view.ts'

/** Lists the workspace's sign-up forms in use, oldest first. Throws `key.invalid`, `key.forbidden`, `database.unavailable`. */
export const listForms = verb(
  api.listForms,
  async (ctx: CallContext<Needs<'keyring' | 'baseUrl'>>): Promise<AnswerOf<typeof api.listFormsDoc>> => {
    const [forms, topics] = await ctx.read([formsOf(ctx.workspace), topicsOf(ctx.workspace)])
    return { forms: forms.map(form => formView(ctx, form, topics)) }
  },
)

/** Returns a form of the workspace with its HTML. Throws as `listForms` does, and `form.not_found`. */
export const getForm = verb(
  api.getForm,
  async (
    ctx: CallContext<Needs<'keyring' | 'baseUrl' | 'words'>>,
    { id },
  ): Promise<AnswerOf<typeof api.getFormDoc>> => {
    const [[form], topics, notices] = await ctx.read([
      formOf(ctx.workspace, formRefOf(id) ?? new Uint8Array()),
      topicsOf(ctx.workspace),
      noticesOf(ctx.workspace),
    ])
    if (!form) throw new Fault({ code: 'form.not_found' })
    const { name, version } = form.settings.notice
    const notice = notices.find(one => one.name === name && one.version === version)!
    return formWithHtml(ctx, form, topics, notice.url)
  },
)
