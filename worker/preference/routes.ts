import type { Context } from 'hono'
import type { Told } from '../../site/locales/told.ts'
import { timestamp } from '../core/clock.ts'
import { dayIn, type Locale, pickLocale } from '../core/locale.ts'
import type { Deps } from '../deps.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { acceptedLanguages } from '../http/language.ts'
import { readForm } from '../http/limits.ts'
import { escapeHtml, fill, page } from '../http/page.ts'
import type { App } from '../http/route.ts'
import { type Opened, openPreferences } from './open.ts'
import { type Preference, wishOf } from './preference.ts'
import { updatePreferences } from './update.ts'

/** The preference center: a page for people, the same as JSON for programs. */
export function preferenceRoutes(app: App, deps: Deps): void {
  app.get('/p/:token', async c => {
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    return wantsJson(c) ? json(opened) : shown(deps, c, opened)
  })

  app.post('/p/:token', async c => {
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    const wish = wishOf(await readForm(c.req.raw))
    if (wish) await updatePreferences(deps, opened, wish)
    if (wantsJson(c)) return json(await openPreferences(deps, token))
    return c.redirect(`/p/${token}${wish ? '?saved' : ''}`, 303)
  })
}

const wantsJson = (c: Context): boolean => c.req.header('accept')?.includes('application/json') ?? false

function json({ sender, topics, pausedUntil, everythingStopped }: Opened): Response {
  const body = {
    sender,
    topics: topics.map(({ name, displayName, description, state, since }) => ({
      name,
      displayName,
      description,
      state,
      ...(since !== null && { since: timestamp(since) }),
    })),
    ...(pausedUntil !== null && { pausedUntil: timestamp(pausedUntil) }),
    everythingStopped,
  }
  return new Response(JSON.stringify(body), { headers: JSON_HEADERS })
}

async function shown(deps: Deps, c: Context, opened: Opened): Promise<Response> {
  const locale = pickLocale(...opened.languages, ...acceptedLanguages(c.req.raw))
  const { preferences: words } = await deps.words.of(locale)
  return page(deps.site, locale, 'preferences', {
    text: {
      sender: opened.sender,
      address: opened.address ?? '',
      pausedUntil: opened.pausedUntil === null ? '' : dayIn(locale, opened.pausedUntil),
    },
    html: { topics: opened.topics.map(topic => item(topic, words, locale)).join('') },
    value: { preferences: `/p/${c.req.param('token')}`, data: `/p/${c.req.param('token')}/access` },
    show: {
      saved: c.req.query('saved') !== undefined,
      paused: opened.pausedUntil !== null,
      everything: opened.everythingStopped,
      address: opened.address !== undefined,
      choice: opened.topics.some(topic => topic.state === 'on'),
    },
  })
}

/** The markup that site/styles/controls.css is for: each state said in words. */
function item(topic: Preference, words: Told['preferences'], locale: Locale): string {
  const { name, displayName, description, state, since } = topic
  const bdi = (text: string) => `<bdi>${escapeHtml(text)}</bdi>`
  const title = `<span class="topic-name">${bdi(displayName)}</span>`
  const about = (reason = '') =>
    `<span class="topic-about">${bdi(description)}${reason && ` ${escapeHtml(reason)}`}</span>`
  const row = (kind: 'off' | 'required', said: string, reason?: string) =>
    `<li class="topic topic-${kind}"><div class="topic-row">${title}<span class="topic-state">${escapeHtml(said)}</span>${about(reason)}</div></li>`
  switch (state) {
    case 'on': {
      // The hidden field says that the topic was on the page, so that one added since is not taken for one left off.
      const value = `value="${escapeHtml(name)}"`
      const said = `<span class="topic-state" aria-hidden="true"><span class="topic-staying">${escapeHtml(words.on)}</span><span class="topic-leaving">${escapeHtml(words.leaving)}</span></span>`
      return `<li class="topic"><input type="hidden" name="shown" ${value}><label class="topic-row"><input type="checkbox" name="topic" ${value} checked>${title}${said}${about()}</label></li>`
    }
    case 'off':
      return row('off', since === null ? words.never : fill(words.offSince, { day: dayIn(locale, since) }))
    case 'pending':
      return row('off', words.pending, words.pendingWhy)
    case 'required':
      return row('required', words.required, words.requiredWhy)
  }
}
