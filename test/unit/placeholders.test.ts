import { describe, expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { strayNames } from '../../core/holdings.ts'
import { deployedBy, holdersOf } from '../../local/deploy.ts'
import { WORKERS } from '../../local/workers.ts'
import { demandOwnNames, placeholdersIn } from '../../ops/placeholders.ts'
import { CONFIGS, varsOf, writtenVars } from '../../ops/worker-vars.ts'

test('the settings as they come are not deployed: each that names an example is named', () => {
  const vars = deployedBy(undefined).map(({ name }) => varsOf(name, 'unknown'))
  expect(() => demandOwnNames(Object.assign({}, ...vars))).toThrow(
    'BASE_URL, DATABASE_URL, MAIL_FROM, SECURITY_CONTACT are still an example',
  )
  const [lane] = deployedBy('lane')
  expect(() => demandOwnNames(varsOf(lane!.name, 'unknown'))).toThrow('DATABASE_URL is still an example')
})

test.for([
  'https://example.com',
  'https://floe.example.org:8443',
  'mailto:security@EXAMPLE.net',
  '[{"number":1,"primary":"https://db.example.com"}]',
])('%s is an example', value => {
  expect(placeholdersIn({ OWN: 'https://mail.north.co', NAMED: value })).toEqual(['NAMED'])
})

test.for(['https://my-example.com', 'https://example.com.au', 'confirm@north.co', '60000', ''])(
  '%s is somebody’s own',
  value => {
    expect(placeholdersIn({ NAMED: value })).toEqual([])
  },
)

describe('a secret goes to each Worker that may hold it', () => {
  test.for([
    ['TOKEN_KEYS', ['floe-app', 'floe']],
    ['DATABASE_AUTH_TOKEN', ['floe-lane', 'floe-app', 'floe']],
    ['MAIL_URL', ['floe-app']],
  ] as const)('%s', ([secret, names]) => {
    expect(holdersOf(secret).map(({ name }) => name)).toEqual(names)
  })

  test.for(['BASE_URL', 'LANE', 'TOKEN_KEY', 'constructor'])('%s is none', name => {
    expect(() => holdersOf(name)).toThrow(`${name} is no secret of Floe`)
  })
})

test.for(WORKERS)('the vars of $name are read as wrangler reads them', ({ name, config }) => {
  expect(CONFIGS[name]).toBe(config)
  expect(writtenVars()[name]).toEqual(unstable_readConfig({ config }).vars)
})

test.for(WORKERS)(
  'the vars of $name are those that it may hold, and no file sets one that another file sets',
  worker => {
    expect(strayNames(worker.name, varsOf(worker.name, 'unknown'))).toEqual([])
    const own = (config: string) => Object.keys(unstable_readConfig({ config }).vars)
    const others = WORKERS.filter(({ config }) => config !== worker.config).flatMap(({ config }) =>
      own(config),
    )
    expect(own(worker.config).filter(name => others.includes(name))).toEqual([])
  },
)
