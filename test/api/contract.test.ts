import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { BUNDLES, WORKERS } from '../../local/workers.ts'
import { documentOf } from '../../site/openapi/document.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import type { Document } from '../../site/openapi/schema.ts'
import type { Documented, Operation } from '../../worker/call/operation.ts'
import published from '../fixtures/contract.json' with { type: 'json' }
import { broken, type Promised, promisedBy } from '../support/contract.ts'
import { REFERENCE } from '../support/reference.ts'
import { ROUTES } from '../support/route.ts'

const MODULES = import.meta.glob<Record<string, unknown>>('../../worker/*/*api.ts', { eager: true })
const DECLARED = Object.values(MODULES).flatMap(module => Object.values(module).filter(isOperation))

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'id' in value && 'method' in value && 'path' in value
}

/** Pages' own forms and what a host says of itself: no program's business, and no call of the reference. */
const NOT_CALLS = [
  /^(GET|POST) \/(a|r|your-data|brand|u\/:token\/(page|undo)|p\/:token\/access|c\/:token\/again)(\/|$)/,
  /^GET \/(healthz|readyz|version|metrics|c\/:token\/cancel|\.well-known\/(security\.txt|gpc\.json))$/,
  /^OPTIONS /,
]

describe('a call is declared once', () => {
  test('each that a feature declares is in the reference, once, with its documentation', () => {
    expect(DECLARED.length).toBeGreaterThan(45)
    const known = OPERATIONS.map(({ operation }) => operation.id)
    expect([...known].sort()).toEqual(DECLARED.map(({ id }) => id).sort())
    expect(new Set(known).size).toBe(known.length)
  })

  test('every route is that of a call, or of a page and its forms', () => {
    const calls = new Set(OPERATIONS.map(({ operation: { method, path } }) => `${method} ${path}`))
    const others = ROUTES.map(({ method, path }) => `${method} ${path}`).filter(route => !calls.has(route))
    expect(others.filter(route => !NOT_CALLS.some(pattern => pattern.test(route)))).toEqual([])
    const routes = new Set(ROUTES.map(({ method, path }) => `${method} ${path}`))
    expect([...calls].filter(call => !routes.has(call))).toEqual([])
  })

  const [check] = OPERATIONS
  const flawed = (operation: object, documentation: object): Documented =>
    ({
      operation: { ...check!.operation, ...operation },
      documentation: () => ({ ...check!.documentation(), ...documentation }),
    }) as Documented

  test.for<[string, Documented, string]>([
    ['permission', flawed({ permission: undefined }, {}), 'does not say which permission it needs'],
    ['an example of its body', flawed({}, { example: undefined }), 'has no example of its input'],
    [
      'an example of its answer',
      flawed({}, { answer: { ...check!.documentation().answer, example: undefined } }),
      'has no example of its answer',
    ],
    ['what refuses it', flawed({}, { faults: undefined }), 'does not say what refuses it'],
    [
      'an example that is right',
      flawed({}, { example: { topic: 'news', recipients: [] } }),
      'shows an input (application/json) that its schema refuses',
    ],
  ])('one without %s stops the build, and is named', ([, documented, said]) => {
    expect(() => documentOf([documented], '0.0.0')).toThrow(`checkAddresses ${said}`)
  })

  test('nothing that only readers need is in what ships', async () => {
    const bundles = await Promise.all(
      WORKERS.map(({ name }) => readFile(`${BUNDLES}/${name}/index.js`, 'utf8')),
    )
    const words = OPERATIONS.flatMap(({ documentation }) => {
      const { summary, text, fields } = documentation()
      return [summary, text ?? summary, ...Object.values(fields).filter(one => one.length > 40)]
    })
    expect(words.length).toBeGreaterThan(200)
    expect(words.filter(one => bundles.some(bundle => bundle.includes(one.slice(0, 60))))).toEqual([])
  })
})

describe('what senders rely on', () => {
  const before = published as unknown as Record<string, Promised>

  test('nothing of it was taken away since the last version: `npm run contract` writes it down when one is tagged', () => {
    expect(broken(before, promisedBy(REFERENCE))).toEqual([])
  })

  test('answers are published open to new fields, and what is sent is not', () => {
    const { schemas } = REFERENCE.components
    expect(schemas['Decision']).not.toHaveProperty('additionalProperties')
    const content = REFERENCE.paths['/v1/check']!['post']!.requestBody!.content['application/json']!
    expect(content.schema).toHaveProperty('additionalProperties', false)
  })

  const changed = (change: (document: Document) => void): Record<string, Promised> => {
    const document: Document = structuredClone(REFERENCE)
    change(document)
    return promisedBy(document)
  }
  const decision = ({ components }: Document) => components.schemas['Decision']!
  const bodyOf = ({ paths }: Document) =>
    paths['/v1/check']!['post']!.requestBody!.content['application/json']!.schema

  test.for<[string, (document: Document) => void, string | undefined]>([
    ['a call that is gone', ({ paths }) => delete paths['/v1/topics'], 'GET /v1/topics is gone'],
    [
      'a field of an answer that is gone',
      document => delete decision(document).properties!['since'],
      'POST /v1/check: 200 application/json .results[].since is gone',
    ],
    [
      'a field of an answer that is of another type',
      document => {
        decision(document).properties!['since'] = { type: 'integer' }
      },
      'POST /v1/check: 200 application/json .results[].since was string and is integer',
    ],
    [
      'a field that may be missing from an answer now',
      document => {
        decision(document).required = []
      },
      'POST /v1/check: 200 application/json .results[].decision was always answered',
    ],
    [
      'a field that must be sent now',
      document => {
        const body = bodyOf(document)
        body.properties!['sender'] = { type: 'string' }
        body.required = [...(body.required ?? []), 'sender']
      },
      'POST /v1/check: body application/json .sender must be given now',
    ],
    [
      'a value that may not be sent any more',
      document => {
        bodyOf(document).properties!['freshness']!.enum = ['latest']
      },
      'POST /v1/check: body application/json .freshness may not be nearby any more',
    ],
    [
      'a field that may be sent besides',
      document => {
        bodyOf(document).properties!['sender'] = { type: 'string' }
      },
      undefined,
    ],
    [
      'a field that an answer holds besides',
      document => {
        decision(document).properties!['frequency'] = { type: 'string' }
      },
      undefined,
    ],
  ])('%s is told from what stays as it was', ([, change, said]) => {
    expect(broken(promisedBy(REFERENCE), changed(change))).toEqual(said === undefined ? [] : [said])
  })
})
