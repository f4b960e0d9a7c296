import type { Context } from 'hono'
import { timestamp } from '../core/clock.ts'
import type { Deps } from '../deps.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { readForm } from '../http/limits.ts'
import { escapeHtml, page } from '../http/page.ts'
import type { App } from '../http/route.ts'
import { type Opened, openPreferences } from './open.ts'
import { type Preference, wishOf } from './preference.ts'
import { updatePreferences } from './update.ts'

/** The preference center: a page for people, the same as JSON for programs. */
export function preferenceRoutes(app: App, deps: Deps): void {
  app.get('/p/:token', async c => {
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    return wantsJson(c) ? json(opened) : shown(deps, token, opened, c.req.query('saved') !== undefined)
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

function shown(deps: Deps, token: string, opened: Opened, saved: boolean): Promise<Response> {
  return page(deps.site, 'preferences', {
    text: {
      title: `What ${opened.sender} may send you`,
      sender: opened.sender,
      address: opened.address ?? '',
      pausedUntil: opened.pausedUntil === null ? '' : day(opened.pausedUntil),
    },
    html: { topics: opened.topics.map(item).join('') },
    value: { preferences: `/p/${token}` },
    show: {
      saved,
      paused: opened.pausedUntil !== null,
      everything: opened.everythingStopped,
      address: opened.address !== undefined,
      choice: opened.topics.some(topic => topic.state === 'on'),
    },
  })
}

const day = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at)

/** The markup that site/styles/controls.css is for: three states, each said in words. */
function item({ name, displayName, description, state, since }: Preference): string {
  const bdi = (text: string) => `<bdi>${escapeHtml(text)}</bdi>`
  const title = `<span class="topic-name">${bdi(displayName)}</span>`
  const about = (reason = '') => `<span class="topic-about">${bdi(description)}${reason}</span>`
  switch (state) {
    case 'on': {
      // The hidden field says that the topic was on the page, so that one added since is not taken for one left off.
      const value = `value="${escapeHtml(name)}"`
      const words =
        '<span class="topic-state" aria-hidden="true"><span class="topic-staying">On</span><span class="topic-leaving">Off once you save</span></span>'
      return `<li class="topic"><input type="hidden" name="shown" ${value}><label class="topic-row"><input type="checkbox" name="topic" ${value} checked>${title}${words}${about()}</label></li>`
    }
    case 'off':
      return `<li class="topic topic-off"><div class="topic-row">${title}<span class="topic-state">${since === null ? 'Not subscribed' : `Off since ${day(since)}`}</span>${about()}</div></li>`
    case 'pending':
      return `<li class="topic topic-off"><div class="topic-row">${title}<span class="topic-state">Not confirmed</span>${about(' Asked for, and not sent before you confirm it by the link in the mail about it.')}</div></li>`
    case 'required':
      return `<li class="topic topic-required"><div class="topic-row">${title}<span class="topic-state">Required</span>${about(' Sent only because of something you did, such as an order, so it cannot be turned off here.')}</div></li>`
  }
}
