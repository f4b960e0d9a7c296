import { beforeAll, expect, test } from 'vitest'
import { type Cost, isProportional, measure } from '../support/growth.ts'
import { PARSERS } from './growth.ts'

let costs: Cost[]
beforeAll(async () => {
  costs = await measure(8)
}, 900_000)

test.for(Object.keys(PARSERS))('texts of half a megabyte take no longer than in proportion: %s', parser => {
  const own = costs.filter(cost => cost.parser === parser)
  expect(own.length).toBeGreaterThan(0)
  expect(own.filter(cost => !isProportional(cost))).toEqual([])
})
