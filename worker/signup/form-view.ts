import { keyName } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import { type Locale, pickLocale } from '../../core/locale.ts'
import { noticeAddress, noticeIn, originOf } from '../../core/origin.ts'
import type { FormRow } from '../../db/signup-form.ts'
import type { OwnTopic } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import { htmlOf } from '../http/markup.ts'
import type { FormView } from './api.ts'
import { formName, mintFormKey } from './form-key.ts'
import { snippet } from './view.tsx'

/** A form of a workspace, with the host of the workspace's links. */
export type OwnForm = Omit<FormRow, 'endedAt'> & { linkHost: string | null }

/** Returns a form as its workspace sees it. */
export function formView(
  { keyring, baseUrl }: Pick<Deps, 'keyring' | 'baseUrl'>,
  { ref, tenant, settings, createdAt, madeBy, linkHost }: OwnForm,
  topics: readonly OwnTopic[],
): FormView {
  const key = mintFormKey(keyring, tenant, ref)
  const { returnUrl, ...shown } = settings
  return {
    id: formName(ref),
    key,
    url: `${originOf(linkHost, baseUrl)}/s/${key}`,
    ...shown,
    topics: offered(settings, topics).map(({ name }) => name),
    ...(returnUrl !== null && { returnUrl }),
    createdAt: timestamp(createdAt),
    ...(madeBy && { madeBy: keyName(madeBy) }),
  }
}

/** Returns a form as its workspace sees it, with its HTML. `noticeUrl` is that of the notice it shows. */
export async function formWithHtml(
  deps: Pick<Deps, 'keyring' | 'baseUrl' | 'words'>,
  form: OwnForm,
  topics: readonly OwnTopic[],
  noticeUrl: string,
): Promise<FormView & { html: string }> {
  const view = formView(deps, form, topics)
  const locale = localeOf(form)
  const { signup: words } = await deps.words.of(locale)
  const html = htmlOf(
    snippet({
      url: view.url,
      locale,
      topics: offered(form.settings, topics),
      wording: form.settings.wording,
      notice: {
        ...form.settings.notice,
        url: noticeAddress(noticeIn(locale, noticeUrl), originOf(form.linkHost, deps.baseUrl)),
      },
      words,
    }),
  )
  return { ...view, html }
}

/** Returns the topics that a form offers, in the order of the workspace. */
export const offered = (
  { topics: numbers }: Pick<FormRow['settings'], 'topics'>,
  topics: readonly OwnTopic[],
): OwnTopic[] => topics.filter(({ number }) => numbers.includes(number))

/** Returns the language that a form and its pages are in. */
export const localeOf = ({ settings }: Pick<FormRow, 'settings'>): Locale => pickLocale(settings.locale)
