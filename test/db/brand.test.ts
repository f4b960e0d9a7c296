import { describe, expect } from 'vitest'
import { openKeyring } from '../../core/keys.ts'
import type { Plan } from '../../ops/plan.ts'
import { preview } from '../../ops/preview.ts'
import { provision } from '../../ops/provision.ts'
import { readPreview } from '../../worker/brand/preview-link.ts'
import { type TestDatabase, test } from '../support/database.ts'
import { png } from '../support/picture.ts'

const LOGO = png(120, 40).toString('base64')
const planOf = (north: object, south: object = {}): Plan => ({
  tenants: [
    {
      name: 'penguin',
      displayName: 'Penguin',
      workspaces: [
        { name: 'north', displayName: 'North', topics: [], ...north },
        { name: 'south', displayName: 'South', topics: [], ...south },
      ],
    },
  ],
})
const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])
const BRAND = {
  colour: '#B30059',
  logo: LOGO,
  website: 'https://north.example/',
  imprint: 'https://north.example/imprint',
  privacy: 'https://north.example/privacy',
}
const types = async (database: TestDatabase) =>
  (await database.sql('SELECT type FROM event ORDER BY seq')).flat()
const shown = async (database: TestDatabase) =>
  (await database.sql('SELECT hex(brand) FROM workspace WHERE number = 1'))[0]![0]

describe('a brand', () => {
  test('is kept once, with its event, and shown; the same plan again changes nothing', async ({
    database,
  }) => {
    await provision(database.endpoint, planOf({}))
    const changes = await provision(database.endpoint, planOf({ brand: BRAND }))
    expect(changes.map(({ type }) => type)).toEqual(['workspace.updated', 'brand.created'])
    const rows = await database.sql(
      'SELECT workspace, hex(digest), colour, logo_type, logo_width, logo_height, website, imprint, privacy FROM brand',
    )
    expect(rows).toEqual([
      [1, await shown(database), '#b30059', 'png', 120, 40, BRAND.website, BRAND.imprint, BRAND.privacy],
    ])
    const before = await database.dump()
    expect(await provision(database.endpoint, planOf({ brand: BRAND }))).toEqual([])
    expect(await provision(database.endpoint, planOf({}))).toEqual([])
    expect(await database.dump()).toEqual(before)
  })

  test('that takes the place of another leaves the other where it is: its files are kept in caches', async ({
    database,
  }) => {
    await provision(database.endpoint, planOf({ brand: BRAND }))
    const first = await shown(database)
    await provision(database.endpoint, planOf({ brand: { ...BRAND, colour: '#006400' } }))
    expect(await shown(database)).not.toBe(first)
    expect(await database.sql('SELECT count(*) FROM brand')).toEqual([[2]])
    await provision(database.endpoint, planOf({ brand: BRAND }))
    expect(await shown(database)).toBe(first)
    await provision(database.endpoint, planOf({ brand: null }))
    expect(await shown(database)).toBe('')
    expect(await database.sql('SELECT count(*) FROM brand')).toEqual([[2]])
  })

  test('can be seen before it is shown, and is then the one that was seen', async ({ database }) => {
    await provision(database.endpoint, planOf({}))
    const links = await preview(
      database.endpoint,
      keyring,
      'https://floe.example.com',
      planOf({ brand: BRAND }),
      () => 5,
    )
    expect(links).toEqual([
      {
        path: 'penguin/north',
        url: expect.stringMatching(/^https:\/\/floe\.example\.com\/brand\/preview\/[\w-]{42}$/),
      },
    ])
    expect(await shown(database)).toBe('')
    const claim = readPreview(keyring, links[0]!.url.slice(-42))!
    expect(claim).toMatchObject({ workspace: 1, expiresAt: 5 + 7 * 24 * 60 * 60 * 1000 })
    expect((await types(database)).at(-1)).toBe('brand.created')
    const before = await database.dump()
    await preview(database.endpoint, keyring, 'https://floe.example.com', planOf({ brand: BRAND }), () => 9)
    expect(await database.dump()).toEqual(before)
    await provision(database.endpoint, planOf({ brand: BRAND }))
    expect(await shown(database)).toBe(Buffer.from(claim.digest).toString('hex').toUpperCase())
  })

  test('of a workspace that is not there cannot be seen before', async ({ database }) => {
    const before = await database.dump()
    await expect(
      preview(database.endpoint, keyring, 'https://floe.example.com', planOf({ brand: BRAND })),
    ).rejects.toThrow('penguin/north is not there yet')
    expect(await database.dump()).toEqual(before)
  })

  test.for<[what: string, brand: object, message: string]>([
    ['a colour by name', { colour: 'red' }, 'must be a colour such as'],
    ['no colour at all', { colour: '' }, 'must be a colour such as'],
    ['a transparent colour', { colour: '#0b5a8500' }, 'must be a colour such as'],
    ['the word transparent', { colour: 'transparent' }, 'must be a colour such as'],
    ['a short colour', { colour: '#fff' }, 'must be a colour such as'],
    ['a function', { colour: 'rgb(1 2 3)' }, 'must be a colour such as'],
    ['an address for a colour', { colour: 'url(https://evil.example/)' }, 'must be a colour such as'],
    ['a rule behind a colour', { colour: '#0b5a85}body{display:none' }, 'must be a colour such as'],
    ['a colour with a line end', { colour: '#0b5a85\n' }, 'must be a colour such as'],
    ['a link that runs', { website: 'javascript:alert(1)' }, 'must be an https address'],
    ['a link that runs, in capitals', { website: 'JavaScript:alert(1)' }, 'must be an https address'],
    [
      'a link that holds its page',
      { imprint: 'data:text/html,<script>alert(1)</script>' },
      'must be an https address',
    ],
    ['a link that anybody can read along', { privacy: 'http://north.example/' }, 'must be an https address'],
    ['a link with a password', { website: 'https://a:b@north.example/' }, 'without name, password'],
    ['a link with markup', { website: 'https://north.example/"><script>' }, 'without name, password'],
    ['a link without host', { website: 'https:///x' }, 'must be an https address'],
    ['a path', { website: '/imprint' }, 'must be an https address'],
    ['a long link', { website: `https://north.example/${'a'.repeat(500)}` }, 'at most 500'],
    ['a postal address, which is the workspace’s own', { postalAddress: 'North' }, 'postalAddress'],
    ['a logo that is no base64', { logo: '<svg/>' }, 'must be a PNG or WebP in base64'],
    [
      'a logo that is a page',
      { logo: Buffer.from('<!doctype html>').toString('base64') },
      'is no PNG and no WebP',
    ],
    ['a logo that is too large', { logo: Buffer.alloc(40_000).toString('base64') }, 'at most 32768 bytes'],
    ['a field nobody knows', { font: 'Comic Sans' }, 'font'],
  ])(
    'is refused with %s, and nothing is written',
    async ([, brand, message], { sharedDatabase: database }) => {
      await provision(database.endpoint, planOf({}))
      const before = await database.dump()
      await expect(provision(database.endpoint, planOf({ brand: { ...BRAND, ...brand } }))).rejects.toThrow(
        message,
      )
      expect(await database.dump()).toEqual(before)
    },
  )
})

describe('the host of a workspace’s links', () => {
  test('is kept with its event, and stays its workspace’s when there is another one', async ({
    database,
  }) => {
    await provision(database.endpoint, planOf({ linkHost: 'mail.north.example' }))
    expect(await types(database)).toContain('link_host.added')
    await provision(database.endpoint, planOf({ linkHost: 'post.north.example' }))
    expect(await database.sql('SELECT host, workspace FROM link_host ORDER BY host')).toEqual([
      ['mail.north.example', 1],
      ['post.north.example', 1],
    ])
    expect(await database.sql('SELECT link_host FROM workspace WHERE number = 1')).toEqual([
      ['post.north.example'],
    ])
    const before = await database.dump()
    await expect(
      provision(database.endpoint, planOf({}, { linkHost: 'mail.north.example' })),
    ).rejects.toThrow('mail.north.example is the host of another workspace and stays so')
    expect(await database.dump()).toEqual(before)
    await provision(database.endpoint, planOf({ linkHost: null }))
    expect(await database.sql('SELECT count(*) FROM link_host')).toEqual([[2]])
  })

  test('may be punycode, and has 25 characters at most', async ({ database }) => {
    await provision(
      database.endpoint,
      planOf({ linkHost: 'xn--bcher-kva.example' }, { linkHost: 'a'.repeat(17).concat('.example') }),
    )
    expect(await database.sql('SELECT max(length(host)) FROM link_host')).toEqual([[25]])
  })

  test.for<[what: string, host: string, message: string]>([
    ['a port', 'mail.north.example:8443', 'name of a host'],
    ['a scheme', 'https://north.example', 'name of a host'],
    ['a path', 'north.example/mail', 'name of a host'],
    ['capitals', 'Mail.North.example', 'in lower case'],
    ['letters that are not ASCII', 'bücher.example', 'in punycode'],
    ['a single name', 'localhost', 'name of a host'],
    ['an address of a machine', '127.0.0.1', 'name of a host'],
    ['a dot at its end', 'north.example.', 'name of a host'],
    ['a hyphen at the end of a part', 'mail-.north.example', 'name of a host'],
    ['a wildcard', '*.north.example', 'name of a host'],
    ['blanks', ' north.example', 'name of a host'],
    ['a line end', 'north.example\n', 'name of a host'],
    ['punycode of nothing', 'xn--a.example', 'name of a host'],
    ['26 characters', 'a'.repeat(18).concat('.example'), 'at most 25 characters'],
    ['nothing in it', '', 'name of a host'],
  ])(
    'is refused with %s, and nothing is written',
    async ([, linkHost, message], { sharedDatabase: database }) => {
      const before = await database.dump()
      await expect(provision(database.endpoint, planOf({ linkHost }))).rejects.toThrow(message)
      expect(await database.dump()).toEqual(before)
    },
  )
})

describe.for([
  ['a preference center may be framed on', 'embeddedIn', 'embedded_in'],
  ['a confirmation may lead back to', 'returnOrigins', 'return_origins'],
] as const)('the origins that %s', ([, setting, column]) => {
  test('are kept with their event, in order and once each, and an empty list takes them away', async ({
    database,
  }) => {
    const wanted = ['https://shop.north.example:8443', 'https://a.example', 'https://a.example']
    await provision(database.endpoint, planOf({ [setting]: wanted }))
    const kept = () => database.sql(`SELECT ${column} FROM workspace ORDER BY number`)
    expect(await kept()).toEqual([['https://a.example https://shop.north.example:8443'], ['']])
    await provision(database.endpoint, planOf({}))
    expect((await kept())[0]).toEqual(['https://a.example https://shop.north.example:8443'])
    await provision(database.endpoint, planOf({ [setting]: [] }))
    expect((await kept())[0]).toEqual([''])
    const [[data]] = (await database.sql('SELECT data FROM event ORDER BY seq DESC LIMIT 1')) as [[string]]
    expect(JSON.parse(data)).toMatchObject({ [setting]: '' })
  })

  test.for([
    'http://account.acme.example',
    'https://*.acme.example',
    'https://acme.example/',
    'https://acme.example/account',
    'https://acme.example; script-src *',
    'https://acme.example;script-src',
    'https://acme.example,https://evil.example',
    'https://acme.example https://evil.example',
    "https://acme.example'",
    'https://user@acme.example',
    'https://ACME.example',
    'https://bücher.example',
    'https://acme.example:443',
    'https://acme.example:99999',
    'https://acme.example\n',
    'https://localhost',
    'https://127.0.0.1',
    'https://[::1]',
    "'self'",
    '*',
    'data:',
    'null',
    '',
  ])('do not include "%s", and nothing is written', async (origin, { sharedDatabase: database }) => {
    const before = await database.dump()
    await expect(provision(database.endpoint, planOf({ [setting]: [origin] }))).rejects.toThrow(
      'must be an https origin',
    )
    expect(await database.dump()).toEqual(before)
  })

  test('are ten at the most, and the database itself takes nothing that a header would read otherwise', async ({
    database,
  }) => {
    const many = Array.from({ length: 11 }, (_, i) => `https://a${i}.example`)
    await expect(provision(database.endpoint, planOf({ [setting]: many }))).rejects.toThrow('10 origins')
    await provision(database.endpoint, planOf({}))
    for (const value of ['https://a.example; script-src x', "'self'", '*', 'https://a.example,x', 'a\nb'])
      await expect(database.sql(`UPDATE workspace SET ${column} = ?`, [value])).rejects.toThrow('CHECK')
  })
})

describe('a notice', () => {
  const url = 'https://north.example/privacy/9'
  const sha256 = 'a'.repeat(64)

  test('of the platform is named by its version alone', async ({ database }) => {
    await provision(database.endpoint, planOf({ notices: [{ name: 'privacy', version: '2' }] }))
    const [row] = await database.sql('SELECT url, lower(hex(digest)) FROM notice')
    expect(row).toEqual(['/privacy/2/', expect.stringMatching(/^[0-9a-f]{64}$/)])
  })

  test.for<[what: string, notice: object, message: string]>([
    ['a version the platform never published', { version: '99' }, 'is no notice of the platform'],
    ['a name the platform does not have', { name: 'terms' }, 'is no notice of the platform'],
    ['an address and no digest', { url }, 'needs both'],
    ['a digest and no address', { sha256 }, 'needs both'],
    ['a digest of another form', { url, sha256: 'A'.repeat(64) }, 'lower-case hex'],
    ['an address that runs', { url: 'javascript:alert(1)', sha256 }, 'Invalid URL'],
  ])('is refused with %s', async ([, notice, message], { sharedDatabase: database }) => {
    const before = await database.dump()
    const plan = planOf({ notices: [{ name: 'privacy', version: '1', ...notice }] })
    await expect(provision(database.endpoint, plan)).rejects.toThrow(message)
    expect(await database.dump()).toEqual(before)
  })

  test('that was shown never becomes another text', async ({ database }) => {
    await provision(database.endpoint, planOf({ notices: [{ name: 'privacy', version: '2' }] }))
    const before = await database.dump()
    const other = planOf({ notices: [{ name: 'privacy', version: '2', url, sha256 }] })
    await expect(provision(database.endpoint, other)).rejects.toThrow('is published and stays as it is')
    expect(await database.dump()).toEqual(before)
  })
})
