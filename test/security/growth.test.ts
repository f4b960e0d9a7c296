import { beforeAll, describe, expect, test } from 'vitest'
import { type Cost, isProportional, measure } from '../support/growth.ts'
import { PARSERS } from './growth.ts'

let costs: Cost[]
beforeAll(async () => {
  costs = await measure(1)
})

describe('a hostile text that is eight times as long takes about eight times the work, and nobody else’s time:', () => {
  test.for(Object.entries(PARSERS))('%s', ([parser, { shapes }]) => {
    const own = costs.filter(cost => cost.parser === parser)
    expect(own).toHaveLength(Object.keys(shapes).length)
    expect(own.filter(cost => !isProportional(cost))).toEqual([])
  })
})
