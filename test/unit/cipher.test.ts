import { describe, expect, test } from 'vitest'
import {
  encrypt,
  formerKey,
  generationOf,
  LAST_GENERATION,
  RingCipher,
  TenantCipher,
} from '../../core/cipher.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { entryOf, memoryKeys, newCipher } from '../support/data-keys.ts'

const cipher = newCipher()
const row = new Uint8Array(12).fill(1)

describe('an encrypted address', () => {
  test.for(['ada@example.com', '', 'ädä@例え.jp', 'x'.repeat(254)])('comes back: %s', async plain => {
    expect(await cipher.decrypt(1, row, await cipher.encrypt(1, row, plain))).toBe(plain)
  })

  test('is 36 bytes longer and does not show the address', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    expect(sealed).toHaveLength(8 + 12 + 15 + 16)
    expect(Buffer.from(sealed).includes('ada')).toBe(false)
  })

  test('is another one each time, so that equal ones cannot be told', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 50 }, () => cipher.encrypt(1, row, 'ada@example.com')),
    )
    expect(new Set(sealed.map(one => Buffer.from(one.subarray(8, 20)).toString('hex'))).size).toBe(50)
  })

  test('does not open for another tenant', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    await expect(cipher.decrypt(2, row, sealed)).rejects.toThrow()
    await expect(cipher.decrypt(11, row, sealed)).rejects.toThrow()
  })

  test('does not open in another row', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    for (let bit = 0; bit < 96; bit++)
      await expect(cipher.decrypt(1, flipped(row, bit), sealed)).rejects.toThrow()
    await expect(cipher.decrypt(1, new Uint8Array(), sealed)).rejects.toThrow()
  })

  test('does not open under another data key', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    await newCipher().encrypt(1, row, 'x')
    await expect(newCipher().decrypt(1, row, sealed)).rejects.toThrow()
  })

  test('does not open with any bit flipped, cut or longer', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    for (let bit = 0; bit < sealed.length * 8; bit++)
      await expect(cipher.decrypt(1, row, flipped(sealed, bit)), `bit ${bit}`).rejects.toThrow()
    for (const length of [0, 1, 7, 8, 9, 19, 20, 21, 35, 36, sealed.length - 1])
      await expect(cipher.decrypt(1, row, sealed.slice(0, length)), `${length}`).rejects.toThrow()
    await expect(cipher.decrypt(1, row, new Uint8Array([...sealed, 0]))).rejects.toThrow()
  })

  test('says under which data key, and one that is cut before that is of the time when there were none', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    expect([8, 7, 6, 0].map(length => generationOf(sealed.slice(0, length)))).toEqual([1, 0, 0, 0])
  })
})

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = bytes.slice()
  other[bit >> 3]! ^= 1 << (bit & 7)
  return other
}

test('there are as many generations of data keys as a byte has numbers for, and no more', () => {
  expect(Uint8Array.of(LAST_GENERATION, LAST_GENERATION + 1)).toEqual(Uint8Array.of(LAST_GENERATION, 0))
})

describe('an address from before there were data keys', () => {
  const former = new Uint8Array(32).fill(7)
  const sealedBefore = async (plain: string, tenant = 1) =>
    encrypt(await formerKey(former, tenant), row, plain)

  test('opens for as long as the secret is there that it was sealed under, beside newer ones', async () => {
    const memory = memoryKeys()
    const newer = await new TenantCipher(memory.isolate()).encrypt(1, row, 'bob@example.com')
    const both = new TenantCipher(memory.isolate({ former }))
    expect(await both.decrypt(1, row, await sealedBefore('ada@example.com'))).toBe('ada@example.com')
    expect(await both.decrypt(1, row, newer)).toBe('bob@example.com')
    expect(generationOf(await both.encrypt(1, row, 'x'))).toBe(1)
  })

  test('is under a key that nothing gives back', async () => {
    expect((await formerKey(former, 1)).extractable).toBe(false)
  })

  test('does not open without it, under another, or for another tenant', async () => {
    const sealed = await sealedBefore('ada@example.com')
    await expect(new TenantCipher(memoryKeys().isolate()).decrypt(1, row, sealed)).rejects.toMatchObject({
      detail: { code: 'encryption.unavailable' },
    })
    const wrong = new TenantCipher(memoryKeys().isolate({ former: new Uint8Array(32) }))
    await expect(wrong.decrypt(1, row, sealed)).rejects.toThrow()
    const right = new TenantCipher(memoryKeys().isolate({ former }))
    await expect(right.decrypt(2, row, sealed)).rejects.toThrow()
  })

  test('is what is written until the first rotation, so that the version before could still read it', async () => {
    const memory = memoryKeys()
    const sealed = await new TenantCipher(memory.isolate({ former })).encrypt(1, row, 'ada@example.com')
    expect([generationOf(sealed), sealed.length, memory.rows]).toEqual([0, 12 + 15 + 16, []])
  })
})

describe('a cursor', () => {
  const ring = new RingCipher([entryOf(1, 1)], undefined)

  test.for([0, 1, 9, 10, 2000, Number.MAX_SAFE_INTEGER])('comes back: %i', async seq => {
    expect(await openCursor(ring, 1, await sealCursor(ring, 1, seq))).toBe(seq)
  })

  test('is as long for the first place as for the last', async () => {
    const [first, last] = [await sealCursor(ring, 1, 1), await sealCursor(ring, 1, Number.MAX_SAFE_INTEGER)]
    expect(first).toHaveLength(last.length)
  })

  test('that opens under no key is refused as such, whether or not there is a secret from before', async () => {
    const sealed = await ring.encrypt(1, row, '2000')
    for (const former of [undefined, new Uint8Array(32)])
      await expect(new RingCipher([entryOf(2, 2)], former).decrypt(1, row, sealed)).rejects.toMatchObject({
        name: 'OperationError',
      })
  })

  test('is for one tenant and no other', async () => {
    expect(await openCursor(ring, 2, await sealCursor(ring, 1, 2000))).toBeUndefined()
  })

  test('does not show how far the ledger has come', async () => {
    const cursors = await Promise.all([2000, 2000, 2001].map(seq => sealCursor(ring, 1, seq)))
    expect(new Set(cursors.map(cursor => cursor.slice(0, 16))).size).toBe(3)
  })

  test('is refused changed, cut, empty or made up', async () => {
    const cursor = await sealCursor(ring, 1, 2000)
    const bad = ['', 'A', '2000', 'x y', `${cursor}=`, `${cursor}AA`, cursor.slice(1), cursor.slice(0, -4)]
    const changed = [...cursor].map(
      (c, i) => cursor.slice(0, i) + (c === 'A' ? 'B' : 'A') + cursor.slice(i + 1),
    )
    for (const text of [...bad, ...changed, 'A'.repeat(40), 'A'.repeat(10_000)])
      expect(await openCursor(ring, 1, text), text).toBeUndefined()
  })

  test('opens under every key of the ring, and under none that was taken out', async () => {
    const cursor = await sealCursor(ring, 1, 2000)
    expect(await openCursor(new RingCipher([entryOf(2, 2), entryOf(1, 1)], undefined), 1, cursor)).toBe(2000)
    expect(await openCursor(new RingCipher([entryOf(2, 2)], undefined), 1, cursor)).toBeUndefined()
  })

  test('from before opens while DATA_KEY is there: readers of the ledger keep theirs for days', async () => {
    const former = new Uint8Array(32).fill(7)
    const context = new TextEncoder().encode('cursor')
    const cursor = Buffer.from(await encrypt(await formerKey(former, 1), context, '2000')).toString(
      'base64url',
    )
    expect(await openCursor(new RingCipher([entryOf(1, 1)], former), 1, cursor)).toBe(2000)
    expect(await openCursor(new RingCipher([entryOf(1, 1)], former), 2, cursor)).toBeUndefined()
    expect(await openCursor(ring, 1, cursor)).toBeUndefined()
  })

  test('is no address, and an address is no cursor', async () => {
    const address = Buffer.from(await cipher.encrypt(1, row, '2000')).toString('base64url')
    expect(await openCursor(ring, 1, address)).toBeUndefined()
  })
})
