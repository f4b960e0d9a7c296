import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import wabt from 'wabt'
import { FILES, textOf } from '../support/source.ts'

const binaries = FILES.filter(path => path.endsWith('.wasm'))

test('there is WebAssembly', () => expect(binaries).not.toEqual([]))

test.for(binaries)('%s is what the text beside it says', async path => {
  const { parseWat } = await wabt()
  const source = path.replace(/wasm$/, 'wat')
  const compiled = parseWat(source, textOf(source), {}).toBinary({}).buffer
  expect(Buffer.from(compiled).equals(readFileSync(new URL(`../../${path}`, import.meta.url)))).toBe(true)
})
