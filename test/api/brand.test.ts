import { describe, expect } from 'vitest'
import { readApiKey } from '../../core/api-key.ts'
import { DEMO_ADDRESS as ADA, DEMO } from '../../local/seed.ts'
import { preview } from '../../ops/preview.ts'
import { provision } from '../../ops/provision.ts'
import { mintPreview } from '../../worker/brand/preview-link.ts'
import { request } from '../support/consent.ts'
import { png, WEBP } from '../support/picture.ts'
import { accessLink, form, linkIn, sessionIn, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'

const LOGO = png(120, 40)
const BRAND = {
  colour: '#b30059',
  logo: LOGO.toString('base64'),
  website: 'https://north.example/?a=1&b=2',
  imprint: 'https://north.example/imprint',
  privacy: 'https://north.example/privacy',
}
const ADDRESS = 'North & Co., <1> Ice Street, Reykjavík'
const planOf = ({ path }: World, brand: object | null, postalAddress: string | null = null) => ({
  tenants: [
    {
      ...DEMO.tenants[0]!,
      name: path.split('/')[0]!,
      workspaces: [{ ...DEMO.tenants[0]!.workspaces[0]!, brand, postalAddress }],
    },
  ],
})
const dress = (world: World, brand: object | null, postalAddress: string | null = null) =>
  provision(world.endpoint, planOf(world, brand, postalAddress))
const text = async (world: World, link: string) => (await world.fetch(link)).text()
const fileOf = (page: string, extension: string) =>
  page.match(new RegExp(`/brand/[\\w.]+\\.${extension}`))?.[0] ?? ''

describe('a recipient’s page', () => {
  test('shows the sender’s logo, colour, postal address and links, as text and as files of our own', async ({
    world,
  }) => {
    await dress(world, BRAND, ADDRESS)
    const { unsubscribeUrl, preferencesUrl } = await world.links('ada@example.com')
    const { confirmation } = await request(world, 'bob@example.com')
    for (const link of [unsubscribeUrl, preferencesUrl, confirmation.confirmUrl]) {
      const page = await text(world, link)
      expect(fileOf(page, 'css')).toMatch(new RegExp(`^/brand/${world.workspace}\\.[0-9a-f]{16}\\.css$`))
      expect(page).toContain(`<img class="logo" alt="" src="${fileOf(page, 'png')}" width="120" height="40">`)
      expect(page).toContain('North &amp; Co., &lt;1&gt; Ice Street, Reykjavík')
      for (const address of [BRAND.website, BRAND.imprint, BRAND.privacy])
        expect(page).toContain(`href="${address.replace('&', '&amp;')}"`)
      expect(page).not.toContain('style=')
      expect(page).not.toMatch(/data-(if|text|href|src|width|height)=/)
    }
  })

  test('shows nothing of it where the sender has none, or takes it away', async ({ world }) => {
    const { preferencesUrl } = await world.links('ada@example.com')
    const plain = await text(world, preferencesUrl)
    expect(plain).not.toContain('/brand/')
    expect(plain).not.toContain('<address')
    await dress(world, null, ADDRESS)
    expect(await text(world, preferencesUrl)).toContain('<address class="about"><bdi>North &amp; Co.')
    await dress(world, { website: 'https://north.example/' })
    const some = await text(world, preferencesUrl)
    expect(some).toContain('href="https://north.example/"')
    expect(some).not.toMatch(/\/brand\/|<address|class="logo"/)
    await dress(world, null)
    expect(await text(world, preferencesUrl)).toBe(plain)
  })

  test('of their own data, and of a new address, is in the sender’s look too', async ({ mailing }) => {
    const { world, mail } = mailing
    await dress(world, BRAND, ADDRESS)
    const { preferencesUrl } = await world.links(ADA)
    const link = await accessLink(mailing, ADA)
    const pages = [await text(world, `${preferencesUrl}/access`), await text(world, link)]
    const opened = await (await world.fetch(link, form({}))).text()
    const session = sessionIn(opened)
    const act = async (path: string, fields = {}) =>
      (await world.fetch(`/your-data${path}`, form({ session, ...fields }))).text()
    pages.push(opened, await act('/address', { address: 'ada@new.example' }))
    const moved = (await mail.received(2)).find(({ to }) => to === 'ada@new.example')!
    pages.push(await text(world, linkIn(moved, 'r')), await act('/erase'), await act('/erased'))
    expect(pages.map(page => [fileOf(page, 'css') !== '', page.includes('North &amp; Co.')])).toEqual(
      Array(7).fill([true, true]),
    )
  })

  test('leads to what anybody may read, in its own language', async ({ world }) => {
    const { preferencesUrl } = await world.links('ada@example.com')
    const page = await (await world.fetch(preferencesUrl, { headers: { 'accept-language': 'de' } })).text()
    for (const path of ['/de/privacy/', '/de/your-rights/', '/de/accessibility/', '/de/subprocessors/']) {
      expect(page).toContain(`href="${path}"`)
      expect((await world.fetch(path)).status).toBe(200)
    }
  })
})

describe('the files of a look', () => {
  test('are served for ever, as what they are, under the strict policy', async ({ world }) => {
    await dress(world, BRAND)
    const page = await text(world, (await world.links('ada@example.com')).preferencesUrl)
    const sheet = await world.fetch(fileOf(page, 'css'))
    expect(await sheet.text()).toMatch(/^:root:root\{--accent:#[0-9a-f]{6};/)
    const logo = await world.fetch(fileOf(page, 'png'))
    expect(Buffer.from(await logo.arrayBuffer()).equals(LOGO)).toBe(true)
    expect([sheet, logo].map(({ headers }) => headers.get('content-type'))).toEqual([
      'text/css; charset=utf-8',
      'image/png',
    ])
    for (const { status, headers } of [sheet, logo]) {
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    await dress(world, { colour: '#006400' })
    expect((await world.fetch(fileOf(page, 'css'))).status).toBe(200)
  })

  test('may be a WebP', async ({ world }) => {
    await dress(world, { logo: WEBP.toString('base64') })
    const page = await text(world, (await world.links('ada@example.com')).preferencesUrl)
    expect((await world.fetch(fileOf(page, 'webp'))).headers.get('content-type')).toBe('image/webp')
  })

  test.for([
    '/brand/1.0000000000000000.css',
    '/brand/9.0123456789abcdef.png',
    '/brand/1.0123456789abcdef.svg',
    '/brand/1.0123456789ABCDEF.css',
    '/brand/01.0123456789abcdef.css',
    '/brand/1.css',
    '/brand/1.0123456789abcdef.css.png',
    "/brand/1'.0123456789abcdef.css",
    '/brand/99999999999999999999.0123456789abcdef.css',
    '/brand/..%2f1.0123456789abcdef.css',
    `/brand/${'1'.repeat(5000)}`,
  ])('are not there at %s', async (path, { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => world.fetch(path))
    expect(answer.status).toBe(404)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('of one workspace are not there under the number of another', async ({ world }) => {
    await dress(world, BRAND)
    const page = await text(world, (await world.links('ada@example.com')).preferencesUrl)
    const [own, sibling] = [world.workspace, readApiKey(world.keyring, world.siblingApiKey)!.workspace]
    const elsewhere = fileOf(page, 'css').replace(`/brand/${own}.`, `/brand/${sibling}.`)
    expect(elsewhere).not.toBe(fileOf(page, 'css'))
    expect((await world.fetch(elsewhere)).status).toBe(404)
    const body = { topic: 'news', recipients: ['ada@example.com'] }
    const { links } = await answered(await world.call('/v1/links', body, { key: world.siblingApiKey }))
    expect(await text(world, links[0].preferencesUrl)).not.toContain('/brand/')
    expect((await world.fetch(fileOf(page, 'png').replace('.png', '.webp'))).status).toBe(404)
  })
})

describe('a preview', () => {
  const previewOf = async (world: World, clock?: () => number) => {
    const plan = planOf(world, BRAND)
    const links = await preview(world.endpoint, world.keyring, 'https://floe.example.com', plan, clock)
    return links[0]!.url
  }

  test('shows the preference center in the new look while recipients see the old one', async ({ world }) => {
    const { preferencesUrl } = await world.links('ada@example.com')
    const plain = await text(world, preferencesUrl)
    const url = await previewOf(world)
    const answer = await world.writesNothing(() => world.fetch(url))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const page = await answer.text()
    expect(page).toContain('href="https://north.example/imprint"')
    expect((await world.fetch(fileOf(page, 'css'))).status).toBe(200)
    expect(await text(world, preferencesUrl)).toBe(plain)
  })

  test('does nothing, whatever is pressed', async ({ world }) => {
    const url = await previewOf(world)
    for (const act of ['save', 'stop', 'pause']) {
      const answer = await world.writesNothing(() =>
        world.fetch(url, { method: 'POST', body: new URLSearchParams({ act, days: '30' }) }),
      )
      expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(url).pathname])
    }
  })

  test('is over after a week, and no other link opens one', async ({ world }) => {
    const late = await previewOf(world, () => Date.now() - 7 * 24 * 60 * 60 * 1000 - 1)
    const { preferencesUrl } = await world.links('ada@example.com')
    const never = mintPreview(world.keyring, {
      workspace: world.workspace,
      digest: new Uint8Array(8),
      expiresAt: Date.now() + 9999,
    })
    const links: [string, number][] = [
      [late, 404],
      [late.replace(/.$/, character => (character === 'A' ? 'B' : 'A')), 404],
      [`/brand/preview/${preferencesUrl.slice(-39)}`, 404],
      [`/p/${(await previewOf(world)).slice(-42)}`, 404],
      [`/brand/preview/${never}`, 410],
    ]
    for (const [link, status] of links)
      for (const method of ['GET', 'POST'])
        expect([link, (await world.writesNothing(() => world.fetch(link, { method }))).status]).toEqual([
          link,
          status,
        ])
  })
})
