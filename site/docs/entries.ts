import { refusalRows } from '../openapi/refusals.ts'
import type { Call } from '../openapi/schema.ts'
import { chaptersOf } from './documents.ts'

/** Something that is found: a part of a document, a call or a problem. */
export interface Entry {
  /** Its address, with its place in the page. */
  path: string
  page: string
  heading: string
  text: string
}

/** Returns everything that is found. */
export async function entriesOf(calls: readonly Call[], origin: string): Promise<Entry[]> {
  const documents = (await chaptersOf(origin)).flatMap(({ documents }) => documents)
  return [
    {
      path: '/docs/api/',
      page: 'The API',
      heading: 'The API',
      text: 'Authentication: every call carries Authorization: Bearer and an API key. OpenAPI, openapi.json, JSON, times in RFC 3339.',
    },
    {
      path: '/docs/api/#permissions',
      page: 'The API',
      heading: 'Permissions',
      text: 'What a key may do, scopes of API keys, and the calls that each permission opens.',
    },
    {
      path: '/docs/problems/',
      page: 'Problems',
      heading: 'Problems',
      text: 'Errors: every refusal by its code, application/problem+json, RFC 9457.',
    },
    ...documents.flatMap(({ path, title, sections }) =>
      sections.map(({ heading, id, text }) => ({
        path: `/docs/${path}#${id}`,
        page: title,
        // Parts of a decision, and of an alarm, are all named alike.
        heading: /^(?:decisions|alarms)\//.test(path) ? title : heading,
        text: text.trim(),
      })),
    ),
    ...calls.map(({ operationId, summary, description = '', method, path }) => ({
      path: `/docs/api/#${operationId}`,
      page: 'The API',
      heading: summary,
      text: `${method} ${path} ${description.replaceAll('`', '')}`.trim(),
    })),
    ...refusalRows().map(({ code, status, title, advice, isExample }) => ({
      path: `/docs/problems/${code}/`,
      page: 'Problems',
      heading: code,
      text: `${status} ${title}. ${isExample ? '' : advice}`.trim(),
    })),
  ]
}
