import { writeFile } from 'node:fs/promises'
import { promisedBy } from './contract.ts'
import { REFERENCE } from './reference.ts'

/** Writes down what senders rely on from here on: to be run when a version is tagged. */
await writeFile(
  new URL('../fixtures/contract.json', import.meta.url),
  `${JSON.stringify(promisedBy(REFERENCE), null, 1)}\n`,
)
