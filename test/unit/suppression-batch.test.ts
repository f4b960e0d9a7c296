import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { leafHash } from '../../core/event.ts'
import { HashMany } from '../../core/hash-many.ts'
import { type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import { stopRecords } from '../../worker/suppression/statements.ts'
import { acting } from '../support/database.ts'
import { seeded } from '../support/seeded.ts'

// The Worker's types know no compiling: workerd takes compiled modules only.
const { Module } = WebAssembly as unknown as { Module: new (code: Uint8Array) => WebAssembly.Module }
const module = new Module(readFileSync(new URL('../../core/hash-many.wasm', import.meta.url)))

const next = seeded(7)
const REASONS = ['unsubscribed', 'complained', 'imported', 'legal'] as const
const NAMES = ['spring', 'é "quoted" \\ name', '🐧', 'x'.repeat(250)]

/** Returns records of any reason, scope, end and time, of one import. */
const records = (count: number, name: string): SuppressionRecord[] =>
  Array.from({ length: count }, () =>
    stopRecords(acting({ kind: 'sender', keyId: Uint8Array.from({ length: 8 }, () => next(256)) }), {
      at: 1_750_000_000_000,
      since: next(2) === 0 ? undefined : 700_000_000_000 + next(2 ** 40),
      tenant: 5,
      workspace: 7,
      addressId: Uint8Array.from({ length: 12 }, () => next(256)),
      scope: next(2) === 0 ? workspaceScope(7) : topicScope(1 + next(3)),
      reason: REASONS[next(REASONS.length)]!,
      source: 'import',
      until: next(3) === 0 ? 2_000_000_000_000 + next(2) : null,
      via: 'import',
      import: name,
    }),
  )

const WIDTH = 12 + 16 + 32 + 13 + 28
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test.for([
  { how: 'four at a time', hashMany: new HashMany(module) },
  { how: 'one by one', hashMany: new HashMany() },
])(
  'a batch carries of each record what it would carry alone, its leaf to the byte, hashed $how',
  ({ hashMany }) => {
    for (const name of NAMES) {
      const list = records(500, name)
      const [events] = suppressMany(list, 'tenant', { hashMany, of: { workspace: 7, name, from: 0, to: 9 } })
      const packed = events!.args[0] as Uint8Array
      const carried = Array.from({ length: packed.length / WIDTH }, (_, i) =>
        hex(packed.subarray(i * WIDTH, (i + 1) * WIDTH)),
      )
      const alone = list.map(({ row, entry }) =>
        [
          hex(row.addressId),
          hex(entry.id),
          hex(leafHash(entry)),
          hex(Buffer.from(String(row.at).padStart(13, '0'))),
          hex(Buffer.from(entry.subject)),
        ].join(''),
      )
      expect(carried.sort()).toEqual(alone.sort())
    }
  },
)
