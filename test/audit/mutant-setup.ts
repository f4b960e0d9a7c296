import { afterEach, beforeEach, expect } from 'vitest'
import { askReached, begin, now, switchHere } from './mutant-part.ts'

/** Runs before each test file of the copy. After a failed test the others are skipped, since the mutant is found. */
now.file = expect.getState().testPath!
switchHere()
let failed = false

beforeEach(({ task, skip }) => {
  if (failed) skip()
  const names: string[] = []
  for (let at: typeof task | typeof task.suite = task; at; at = at.suite) if (at.name) names.unshift(at.name)
  begin(names.join(' '))
})

afterEach(async ({ task }) => {
  await askReached()
  begin()
  if (task.result?.state === 'fail') failed = true
})
