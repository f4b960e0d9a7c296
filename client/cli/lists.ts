import { each } from '../call.ts'
import type { Floe } from '../client.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { plural, printed, worded } from './words.ts'

/** Prints what recipients demanded about their data and is not done, the newest first; with `--json` all of it. */
export async function rights(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  if (file !== undefined) throw new Usage(`rights takes no file: ${file} is too much.`)
  let all = 0
  const requests = each(
    place => client.call('listRightsRequests', { ...(!json && { state: 'open' }), ...place }),
    page => page.requests,
  )
  for await (const request of requests) {
    all++
    const { id, right, openedAt, dueAt, overdue, recipient } = request
    const due = dueAt === undefined ? [] : [`due ${dueAt.slice(0, 10)}${overdue ? ', overdue' : ''}`]
    const line = [id, worded(right), `opened ${openedAt.slice(0, 10)}`, ...due]
    printed(json, request, [...line, ...(recipient ? [recipient.address] : [])].join('  '))
  }
  console.error(plural(all, json ? 'request' : 'open request'))
  return 0
}

/** Prints the webhook endpoints of the workspace. */
export async function webhooks(client: Floe, file: string | undefined, { json }: Options): Promise<number> {
  if (file !== undefined) throw new Usage(`webhooks takes no file: ${file} is too much.`)
  const { endpoints } = await client.call('listWebhookEndpoints', {})
  for (const endpoint of endpoints) {
    const { id, url, types, state, failingSince } = endpoint
    const failing = failingSince ? [`failing since ${failingSince}`] : []
    printed(json, endpoint, [id, state, url, types.join(',') || 'all events', ...failing].join('  '))
  }
  console.error(plural(endpoints.length, 'endpoint'))
  return 0
}
