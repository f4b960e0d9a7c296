import { describe, expect, test } from 'vitest'
import { EVENT_TYPES } from '../../core/event.ts'
import { isPattern, typesOf } from '../../worker/ledger/event-filter.ts'
import { heardBy } from '../../worker/webhook/heard-events.ts'

describe('a pattern names', () => {
  test('one kind of event, or all of a noun', () => {
    expect(typesOf(['suppression.lifted'])).toEqual(['suppression.lifted'])
    expect(typesOf(['suppression.*'])).toEqual([
      'suppression.added',
      'suppression.lifted',
      'suppression.repeated',
    ])
    expect(typesOf(['suppression.*', 'suppression.added'])).toHaveLength(3)
  })

  test.for([
    '',
    '*',
    '.*',
    'suppression',
    'suppression.',
    'suppress*',
    'suppression.a*',
    'SUPPRESSION.*',
    'x.y',
  ])('nothing that is there by "%s"', text => expect(isPattern(text)).toBe(false))
})

describe('an endpoint hears', () => {
  test('of every kind but what is about webhooks, when it names none', () => {
    expect(heardBy({ types: [] })).toEqual(EVENT_TYPES.filter(type => !type.startsWith('webhook_')))
  })

  test('of other endpoints when it says so, and never that a delivery was given up', () => {
    expect(heardBy({ types: ['webhook_endpoint.disabled'] })).toEqual(['webhook_endpoint.disabled'])
    expect(heardBy({ types: ['webhook_delivery.*'] })).toEqual([])
  })
})
