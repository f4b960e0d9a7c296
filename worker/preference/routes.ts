import type { Context, Hono } from 'hono'
import { timestamp } from '../core/clock.ts'
import type { Deps } from '../deps.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { readForm } from '../http/limits.ts'
import { escapeHtml, page } from '../http/page.ts'
import { type Opened, openPreferences } from './open.ts'
import { type Preference, wishOf } from './preference.ts'
import { updatePreferences } from './update.ts'

/** The preference center: a page for people, the same as JSON for programs. */
export function preferenceRoutes(app: Hono, deps: Deps): void {
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
    },
  })
}

const day = (at: number): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(at)

function item(topic: Preference): string {
  return escapeHtml(topic.displayName)
}
