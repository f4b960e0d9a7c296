import { describe, expect, test } from 'vitest'
import { TenantCipher } from '../../worker/core/cipher.ts'
import { openCursor, sealCursor } from '../../worker/core/cursor.ts'

const cipher = new TenantCipher(new Uint8Array(32).fill(1))
const row = new Uint8Array(12).fill(1)

describe('an encrypted address', () => {
  test.for(['ada@example.com', '', 'ädä@例え.jp', 'x'.repeat(254)])('comes back: %s', async plain => {
    expect(await cipher.decrypt(1, row, await cipher.encrypt(1, row, plain))).toBe(plain)
  })

  test('is 28 octets longer and does not show the address', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    expect(sealed).toHaveLength(12 + 15 + 16)
    expect(Buffer.from(sealed).includes('ada')).toBe(false)
  })

  test('is another one each time, so that equal ones cannot be told', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 50 }, () => cipher.encrypt(1, row, 'ada@example.com')),
    )
    expect(new Set(sealed.map(one => Buffer.from(one.subarray(0, 12)).toString('hex'))).size).toBe(50)
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
    await expect(new TenantCipher(new Uint8Array(32)).decrypt(1, row, sealed)).rejects.toThrow()
  })

  test('does not open with any bit flipped, cut or longer', async () => {
    const sealed = await cipher.encrypt(1, row, 'ada@example.com')
    for (let bit = 0; bit < sealed.length * 8; bit++)
      await expect(cipher.decrypt(1, row, flipped(sealed, bit)), `bit ${bit}`).rejects.toThrow()
    for (const length of [0, 1, 11, 12, 13, 27, 28, sealed.length - 1])
      await expect(cipher.decrypt(1, row, sealed.slice(0, length)), `${length}`).rejects.toThrow()
    await expect(cipher.decrypt(1, row, new Uint8Array([...sealed, 0]))).rejects.toThrow()
  })
})

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = bytes.slice()
  other[bit >> 3]! ^= 1 << (bit & 7)
  return other
}

describe('a cursor', () => {
  test.for([0, 1, 9, 10, 2000, Number.MAX_SAFE_INTEGER])('comes back: %i', async seq => {
    expect(await openCursor(cipher, 1, await sealCursor(cipher, 1, seq))).toBe(seq)
  })

  test('is for one tenant and no other', async () => {
    expect(await openCursor(cipher, 2, await sealCursor(cipher, 1, 2000))).toBeUndefined()
  })

  test('does not show how far the ledger has come', async () => {
    const cursors = await Promise.all([2000, 2000, 2001].map(seq => sealCursor(cipher, 1, seq)))
    expect(new Set(cursors.map(cursor => cursor.slice(0, 16))).size).toBe(3)
  })

  test('is refused changed, cut, empty or made up', async () => {
    const cursor = await sealCursor(cipher, 1, 2000)
    const bad = ['', 'A', '2000', 'x y', `${cursor}=`, `${cursor}AA`, cursor.slice(1), cursor.slice(0, -4)]
    const changed = [...cursor].map(
      (c, i) => cursor.slice(0, i) + (c === 'A' ? 'B' : 'A') + cursor.slice(i + 1),
    )
    for (const text of [...bad, ...changed, 'A'.repeat(40), 'A'.repeat(10_000)])
      expect(await openCursor(cipher, 1, text), text).toBeUndefined()
  })

  test('is no address, and an address is no cursor', async () => {
    const address = Buffer.from(await cipher.encrypt(1, row, '2000')).toString('base64url')
    expect(await openCursor(cipher, 1, address)).toBeUndefined()
  })
})
