import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { LedgerTree } from '../../ops/ledger-tree.ts'

const leafOf = (hex: string) =>
  createHash('sha256')
    .update(Buffer.from(`00${hex}`, 'hex'))
    .digest()

/** The tree's definition, word by word (RFC 6962 §2.1). */
function defined(leaves: Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  if (leaves.length === 0) return hash.digest()
  if (leaves.length === 1) return Buffer.from(leaves[0]!)
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return hash
    .update(Uint8Array.of(1))
    .update(defined(leaves.slice(0, half)))
    .update(defined(leaves.slice(half)))
    .digest()
}

test('the root is the one that Certificate Transparency publishes for its test vectors', () => {
  const tree = new LedgerTree()
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const roots = inputs.map(input => {
    tree.add(leafOf(input))
    return tree.root()
  })
  expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('it is the defined one for every size', () => {
  const tree = new LedgerTree()
  const leaves: Uint8Array[] = []
  for (let i = 0; i < 70; i++) {
    expect(tree.root(), `${i} leaves`).toBe(defined(leaves).toString('hex'))
    expect(tree.size).toBe(i)
    leaves.push(leafOf(i.toString(16).padStart(4, '0')))
    tree.add(leaves[i]!)
  }
})
