import type { APIRoute } from 'astro'
import { entriesOf } from '../../docs/entries.ts'
import { CALLS } from '../../openapi/calls.ts'

/** What the search of the documents looks through, whole: it needs no server and works offline. */
export const GET: APIRoute = async ({ site }) =>
  new Response(JSON.stringify(await entriesOf(CALLS, site!.origin)))
