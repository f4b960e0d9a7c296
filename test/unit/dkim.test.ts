import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { describe, expect, test } from 'vitest'
import { latin1Text, verifyDkim } from '../../worker/message/dkim.ts'
import { fieldsIn } from '../../worker/message/mime.ts'

const NOW = 1_795_000_000_000
const pem = { type: 'pkcs8', format: 'pem' } as const
const der = { type: 'spki', format: 'der' } as const
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: der,
  privateKeyEncoding: pem,
})
const edwards = generateKeyPairSync('ed25519', { publicKeyEncoding: der, privateKeyEncoding: pem })

const KEYS = {
  'rsa-sha256': { privateKey: rsa.privateKey, published: rsa.publicKey.toString('base64') },
  // What is published of an Ed25519 key is its 32 bytes alone (RFC 8463 §4.2).
  'ed25519-sha256': {
    privateKey: edwards.privateKey,
    published: edwards.publicKey.subarray(-32).toString('base64'),
  },
}
type Algorithm = keyof typeof KEYS

const recordOf = (algorithm: Algorithm, more = '') =>
  `v=DKIM1; k=${algorithm.split('-')[0]}; ${more}p=${KEYS[algorithm].published}`

interface Choice {
  algorithm?: Algorithm
  canonicalization?: string
  expires?: Date
}

/** Returns a message that another library has signed. */
async function signed(
  body: string,
  { algorithm = 'rsa-sha256', canonicalization = 'relaxed/relaxed', expires }: Choice = {},
) {
  const head = 'From:  Bob <bob@north.example> \r\nTo: ada@example.com\r\nSubject: What\r\n\t is   new\r\n'
  const message = `${head}\r\n${body}`
  const { privateKey } = KEYS[algorithm]
  const { signatures, errors } = await dkimSign(Buffer.from(message), {
    canonicalization,
    signTime: new Date(NOW - 120_000),
    ...(expires && { expires }),
    signatureData: [{ signingDomain: 'north.example', selector: 's', privateKey, algorithm }],
  })
  expect(errors).toEqual([])
  return signatures + message
}

async function verified(message: string, record = recordOf('rsa-sha256')) {
  const raw = latin1Text(Buffer.from(message))
  const end = raw.indexOf('\r\n\r\n')
  const [signature] = await verifyDkim(
    fieldsIn(raw.slice(0, end)),
    raw.slice(end + 4),
    async () => record,
    NOW,
  )
  return signature!
}

const BODIES = {
  'of a line': 'What is new.\r\n',
  'without a line end': 'What is new.',
  'that is empty': '',
  'of empty lines': '\r\n\r\n\r\n',
  'of spaces': '  \r\n\t \r\n',
  'with spaces and empty lines at its end': 'What  is \t new. \r\n\r\n \r\n\r\n',
  'of other letters than ASCII': 'Grüße ☀️\r\n',
}

describe('what another library signs is found to be signed, and what was changed since is not:', () => {
  for (const algorithm of Object.keys(KEYS) as Algorithm[])
    for (const canonicalization of ['simple/simple', 'simple/relaxed', 'relaxed/simple', 'relaxed/relaxed'])
      test.for(Object.entries(BODIES))(`${algorithm}, ${canonicalization}, a body %s`, async ([, body]) => {
        const message = await signed(body, { algorithm, canonicalization })
        const record = recordOf(algorithm)
        expect(await verified(message, record)).toMatchObject({ result: 'pass', domain: 'north.example' })
        expect(await verified(`${message}x\r\n`, record)).toMatchObject({ result: 'fail' })
        const other = message.replace('bob@north', 'eve@north')
        expect(await verified(other, record)).toMatchObject({ result: 'fail' })
      })
})

describe('a signature does not hold', () => {
  test('when it has expired', async () => {
    const ending = (at: number) => signed('x\r\n', { expires: new Date(at) })
    expect(await verified(await ending(NOW + 60_000))).toMatchObject({ result: 'pass' })
    expect(await verified(await ending(NOW - 60_000))).toMatchObject({
      result: 'fail',
      why: 'it has expired',
    })
  })

  const misused: [string, string][] = [
    ['another version', `v=DKIM2; p=${KEYS['rsa-sha256'].published}`],
    ['another algorithm', `v=DKIM1; k=ed25519; p=${KEYS['rsa-sha256'].published}`],
    ['another digest', recordOf('rsa-sha256', 'h=sha1; ')],
    ['something else than mail', recordOf('rsa-sha256', 's=tlsrpt; ')],
    ['trials', recordOf('rsa-sha256', 't=y; ')],
  ]
  test.for(misused)('by a key for %s', async ([, record]) => {
    expect(await verified(await signed('x\r\n'), record)).toMatchObject({ result: 'fail' })
  })

  test('when the key is for its domain alone, and it is in the name of one below', async () => {
    const message = (await signed('x\r\n')).replace(
      'd=north.example;',
      'd=north.example; i=@a.north.example;',
    )
    const strict = await verified(message, recordOf('rsa-sha256', 't=s; '))
    expect(strict.why).toMatch(/another domain/)
    const foreign = message.replace('@a.north.example', '@anorth.example')
    expect((await verified(foreign)).why).toMatch(/another domain/)
  })

  test('when its key was taken back', async () => {
    expect(await verified(await signed('x\r\n'), 'v=DKIM1; p=')).toMatchObject({ result: 'no_key' })
  })
})
