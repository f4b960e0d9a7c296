import { describe, expect, test } from 'vitest'
import { whyNotNow } from '../../worker/webhook/post.ts'
import { isPublicAddress, whyNoTarget } from '../../worker/webhook/target.ts'

const strict = { ownHost: 'floe.example.com', thisMachine: false }
const lenient = { ...strict, thisMachine: true }

describe('a webhook may go to a host of the public internet', () => {
  test.for([
    'https://hooks.example.com/floe',
    'https://hooks.example.com:8443/floe?token=a%20b',
    'https://HOOKS.Example.COM./',
    'https://bücher.example/',
  ])('%s', url => expect(whyNoTarget(url, strict)).toBeUndefined())
})

const refused: [url: string, why: RegExp][] = [
  ['', /web address/],
  ['hooks.example.com', /web address/],
  ['http://hooks.example.com/', /https/],
  ['ftp://hooks.example.com/', /https/],
  ['file:///etc/passwd', /https/],
  ['javascript:alert(1)', /https/],
  ['https://user:secret@hooks.example.com/', /password/],
  ['https://hooks.example.com/#part', /fragment/],
  [`https://hooks.example.com/${'a'.repeat(2048)}`, /2048/],
  ['https://127.0.0.1/', /IP address/],
  ['https://2130706433/', /IP address/],
  ['https://0177.0.0.1/', /IP address/],
  ['https://0x7f.1/', /IP address/],
  ['https://0x7f000001/', /IP address/],
  ['https://127.1/', /IP address/],
  ['https://127.0.0.1./', /IP address/],
  ['https://①②⑦.⓪.⓪.①/', /IP address/],
  ['https://169.254.169.254/latest/meta-data/', /IP address/],
  ['https://8.8.8.8/', /IP address/],
  ['https://[::1]/', /IP address/],
  ['https://[::ffff:127.0.0.1]/', /IP address/],
  ['https://[fd00:ec2::254]/', /IP address/],
  ['https://hooks.example.com:22/', /port 443/],
  ['https://hooks.example.com:80/', /port 443/],
  ['https://hooks.example.com:6379/', /port 443/],
  ['https://localhost/', /whole internet/],
  ['https://localhost../', /whole internet/],
  ['https://metadata.google.internal...:443/', /whole internet/],
  ['https://127.0.0.1../', /IP address|web address/],
  ['https://localhost./', /whole internet/],
  ['https://a.localhost/', /whole internet/],
  ['https://database/', /whole internet/],
  ['https://metadata.google.internal/', /whole internet/],
  ['https://printer.local/', /whole internet/],
  ['https://router.home.arpa/', /whole internet/],
  ['https://floe.example.com/u/x', /Floe itself/],
  ['https://FLOE.example.com./u/x', /Floe itself/],
  ['http://127.0.0.1:8080/', /https/],
]

describe('and nowhere else', () => {
  test.for(refused)('%s', ([url, why]) => expect(whyNoTarget(url, strict)).toMatch(why))
})

describe('on a developer’s machine it may go there too, and still nowhere within a network', () => {
  test.for(['http://127.0.0.1:8080/hook', 'http://localhost:8080/', 'https://localhost:8443/'])('%s', url =>
    expect(whyNoTarget(url, lenient)).toBeUndefined(),
  )
  test.for(['http://hooks.example.com/', 'https://10.0.0.1/', 'http://127.0.0.2/', 'https://db.internal/'])(
    'not %s',
    url => expect(whyNoTarget(url, lenient)).toBeDefined(),
  )
})

describe('an address is public', () => {
  test.for(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s', address =>
    expect(isPublicAddress(address)).toBe(true),
  )
})

describe('an address is not public', () => {
  test.for([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '172.16.0.1',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('%s', address => expect(isPublicAddress(address)).toBe(false))
})

describe('right before a delivery the name is looked up again', () => {
  const now = (addresses: string[] | Error) =>
    whyNotNow(
      async () => {
        if (addresses instanceof Error) throw addresses
        return addresses
      },
      'https://hooks.example.com/',
      strict,
    )

  test('and everything it stands for must be public', async () => {
    expect(await now(['93.184.216.34', '2606:4700::1'])).toBeUndefined()
    expect(await now(['93.184.216.34', '10.0.0.1'])).toBe('target.not_public')
    expect(await now(['::1'])).toBe('target.not_public')
  })

  test('and what is not known is not taken for good', async () => {
    expect(await now([])).toBe('target.no_address')
    expect(await now(new Error('no answer'))).toBe('target.dns')
  })

  test('and an address that was allowed under another setting is not used', async () => {
    expect(await whyNotNow(async () => [], 'http://127.0.0.1:8080/', lenient)).toBeUndefined()
    expect(await whyNotNow(async () => [], 'http://127.0.0.1:8080/', strict)).toBe('target.not_allowed')
  })
})
