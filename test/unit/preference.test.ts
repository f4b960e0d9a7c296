import { describe, expect, test } from 'vitest'
import { MARKETING_BOUNCE, REASONS, type Reason } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { TOPICS_MAX } from '../../core/limits.ts'
import { readShape } from '../../core/shape.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import type { OwnTopic } from '../../db/topic.ts'
import { updatePreferences } from '../../worker/preference/api.ts'
import { commandFields } from '../../worker/preference/command.ts'
import { endedTopics, preferencesOf, staleTopics } from '../../worker/preference/preference.ts'

const NOW = 1_767_225_600_000
const WORKSPACE = 5
const topic = (number: number, name: string, kind: OwnTopic['kind'] = 'marketing'): OwnTopic => ({
  number,
  name,
  kind,
  displayName: name.toUpperCase(),
  description: `about ${name}`,
  consent: 'opt_out',
  frequency: null,
})
const TOPICS = [topic(1, 'news'), topic(2, 'offers'), topic(3, 'receipts', 'transactional')]

const row = (scope: number, reason: Reason, until: number | null = null): SuppressionRow => ({
  addressId: new Uint8Array(12),
  scope,
  reason: REASONS[reason],
  source: 1,
  at: NOW - 1000,
  until,
  chosenAt: null,
})
const shown = (...rows: SuppressionRow[]) => preferencesOf(TOPICS, WORKSPACE, rows, [], NOW)
const states = (...rows: SuppressionRow[]) => shown(...rows).topics.map(({ state }) => state)

describe('a preference center shows', () => {
  test('everything on for somebody new', () => {
    expect(shown()).toEqual({
      topics: [
        { ...TOPICS[0], state: 'on', returnable: false },
        { ...TOPICS[1], state: 'on', returnable: false },
        { ...TOPICS[2], state: 'required', returnable: false },
      ],
      pausedUntil: null,
      everythingStopped: false,
    })
  })

  test.for<[why: string, rows: SuppressionRow[], states: string[]]>([
    ['the topic that was left', [row(topicScope(1), 'unsubscribed')], ['off', 'on', 'required']],
    ['a topic stopped by a bounce', [row(topicScope(2), 'bounced')], ['on', 'off', 'required']],
    [
      'what is owed as required, whatever was chosen',
      [row(topicScope(3), 'unsubscribed'), row(workspaceScope(5), 'objected')],
      ['off', 'off', 'required'],
    ],
    [
      'what is owed as required, where nobody signed that a mail came back',
      [{ ...row(TENANT_SCOPE, 'bounced'), reason: MARKETING_BOUNCE }],
      ['off', 'off', 'required'],
    ],
    [
      'what is owed as off, where a complaint keeps it away as well',
      [row(topicScope(3), 'complained')],
      ['on', 'on', 'off'],
    ],
    [
      'everything off for the workspace',
      [row(workspaceScope(5), 'unsubscribed')],
      ['off', 'off', 'required'],
    ],
    ['everything off for the tenant', [row(TENANT_SCOPE, 'legal')], ['off', 'off', 'off']],
    ['nothing of another workspace', [row(workspaceScope(6), 'unsubscribed')], ['on', 'on', 'required']],
    ["nothing of another workspace's topic", [row(topicScope(9), 'unsubscribed')], ['on', 'on', 'required']],
    ['nothing of a pause', [row(workspaceScope(5), 'paused', NOW + 1)], ['on', 'on', 'required']],
    ['nothing that has ended', [row(topicScope(1), 'manual', NOW)], ['on', 'on', 'required']],
    ['what has yet to end', [row(topicScope(1), 'manual', NOW + 1)], ['off', 'on', 'required']],
    [
      'one topic left for two reasons, one of which has ended',
      [row(topicScope(1), 'manual', NOW), row(topicScope(1), 'unsubscribed')],
      ['off', 'on', 'required'],
    ],
  ])('%s', ([, rows, expected]) => {
    expect(states(...rows)).toEqual(expected)
  })

  test('nothing of when or why a topic is off, except whether its recipient may turn it on', () => {
    const off = { ...TOPICS[0], state: 'off' }
    expect(shown(row(topicScope(1), 'unsubscribed')).topics[0]).toEqual({ ...off, returnable: true })
    for (const reason of ['complained', 'bounced', 'manual', 'legal'] as const)
      expect(shown(row(topicScope(1), reason)).topics[0]).toEqual({ ...off, returnable: false })
  })

  test('that everything is stopped only when everything is', () => {
    expect(shown(row(workspaceScope(5), 'unsubscribed')).everythingStopped).toBe(true)
    expect(shown(row(TENANT_SCOPE, 'objected')).everythingStopped).toBe(true)
    expect(shown(row(workspaceScope(5), 'paused', NOW + 1)).everythingStopped).toBe(false)
    expect(shown(row(workspaceScope(5), 'unsubscribed', NOW)).everythingStopped).toBe(false)
    const each = [row(topicScope(1), 'unsubscribed'), row(topicScope(2), 'unsubscribed')]
    expect(shown(...each).everythingStopped).toBe(false)
  })

  test('until when everything is paused, while it is', () => {
    expect(shown(row(workspaceScope(5), 'paused', NOW + 1)).pausedUntil).toBe(NOW + 1)
    expect(shown(row(workspaceScope(5), 'paused', NOW)).pausedUntil).toBeNull()
    expect(shown(row(workspaceScope(6), 'paused', NOW + 1)).pausedUntil).toBeNull()
    expect(shown(row(workspaceScope(5), 'unsubscribed', NOW + 1)).pausedUntil).toBeNull()
  })

  test('no topics where the workspace has none', () => {
    expect(preferencesOf([], WORKSPACE, [], [], NOW)).toEqual({
      topics: [],
      pausedUntil: null,
      everythingStopped: false,
    })
  })
})

const form = (...fields: [string, string | Blob][]) => {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

const wishOf = (data: FormData) => {
  const parsed = readShape(updatePreferences.input, commandFields(data))
  return parsed.success ? parsed.data : undefined
}

describe('a form is read as', () => {
  test('which topics were shown and which of them stay', () => {
    const fields = form(['act', 'save'], ['shown', 'news'], ['shown', 'offers'], ['topic', 'news'])
    expect(wishOf(fields)).toEqual({ act: 'save', shown: ['news', 'offers'], topic: ['news'] })
  })

  test('nothing kept, when every box is empty', () => {
    expect(wishOf(form(['act', 'save']))).toEqual({ act: 'save', shown: [], topic: [] })
  })

  test.for([30, 60, 90])('a pause of %i days', days => {
    expect(wishOf(form(['act', 'pause'], ['days', String(days)]))).toEqual({ act: 'pause', days })
  })

  test('the wish to stop everything', () => {
    expect(wishOf(form(['act', 'stop']))).toEqual({ act: 'stop' })
  })

  test('the boxes of as many topics as a workspace may have, whatever button was pressed', () => {
    const names = Array.from({ length: TOPICS_MAX }, (_, i) => `topic-${i}`)
    const boxes = names.flatMap((name): [string, string][] => [
      ['shown', name],
      ['topic', name],
    ])
    expect(wishOf(form(...boxes, ['act', 'stop']))).toEqual({
      act: 'stop',
      ticks: { shown: names, topic: names },
    })
    expect(wishOf(form(...boxes, ['shown', 'one-too-many'], ['act', 'stop']))).toBeUndefined()
  })

  test('the boxes of the page, whatever button was pressed', () => {
    const boxes: [string, string][] = [
      ['shown', 'news'],
      ['shown', 'offers'],
      ['topic', 'news'],
    ]
    const ticks = { shown: ['news', 'offers'], topic: ['news'] }
    expect(wishOf(form(...boxes, ['act', 'pause 30']))).toEqual({ act: 'pause', days: 30, ticks })
    expect(wishOf(form(...boxes, ['act', 'stop']))).toEqual({ act: 'stop', ticks })
    expect(wishOf(form(...boxes, ['act', 'ask offers']))).toEqual({ act: 'ask', topic: 'offers', ticks })
    expect(wishOf(form(...boxes, ['act', 'language de']))).toEqual({ act: 'language', locale: 'de', ticks })
    expect(wishOf(form(...boxes, ['act', 'undo x']))).toEqual({ act: 'undo', undo: 'x', ticks })
  })

  test('what a page sends that was opened before its buttons named anything', () => {
    expect(wishOf(form(['act', 'ask'], ['topic', 'news']))).toEqual({ act: 'ask', topic: 'news' })
    expect(wishOf(form(['act', 'undo'], ['undo', 'x']))).toEqual({ act: 'undo', undo: 'x' })
  })

  test('nothing, when a file is among the topics', () => {
    expect(wishOf(form(['act', 'save'], ['shown', new Blob(['news'])]))).toBeUndefined()
  })

  test.for<[string, [string, string][]]>([
    ['an empty one', []],
    ['one without an act', [['topic', 'news']]],
    ['an unknown act', [['act', 'resume']]],
    ['an act in capitals', [['act', 'STOP']]],
    ['a pause without days', [['act', 'pause']]],
    [
      'a pause of no days',
      [
        ['act', 'pause'],
        ['days', ''],
      ],
    ],
    [
      'a pause of 0 days',
      [
        ['act', 'pause'],
        ['days', '0'],
      ],
    ],
    [
      'a pause of 31 days',
      [
        ['act', 'pause'],
        ['days', '31'],
      ],
    ],
    [
      'a pause into the past',
      [
        ['act', 'pause'],
        ['days', '-30'],
      ],
    ],
    [
      'a pause for ever',
      [
        ['act', 'pause'],
        ['days', 'Infinity'],
      ],
    ],
    [
      'a pause of words',
      [
        ['act', 'pause'],
        ['days', 'thirty'],
      ],
    ],
    ['a pause that a button names twice', [['act', 'pause 30 30']]],
    [
      'a pause that is named by button and field',
      [
        ['act', 'pause 30'],
        ['days', '30'],
      ],
    ],
    ['a stop that names something', [['act', 'stop everything']]],
    ['a save that names something', [['act', 'save news']]],
    [
      'two buttons',
      [
        ['act', 'pause 30'],
        ['act', 'pause 60'],
      ],
    ],
    ['the one-click body', [['List-Unsubscribe', 'One-Click']]],
    [
      'an act that is said twice',
      [
        ['act', 'stop'],
        ['act', 'pause'],
      ],
    ],
    [
      'a pause with two lengths',
      [
        ['act', 'pause'],
        ['days', '30'],
        ['days', '90'],
      ],
    ],
    [
      'a field it does not know',
      [
        ['act', 'stop'],
        ['__proto__', 'x'],
      ],
    ],
    [
      'a language that is none of ours',
      [
        ['act', 'language'],
        ['locale', 'sv'],
      ],
    ],
    [
      'a name of 100 kB',
      [
        ['act', 'save'],
        ['shown', 'x'.repeat(100_000)],
      ],
    ],
  ])('none of ours: %s', ([, fields]) => {
    expect(wishOf(form(...fields))).toBeUndefined()
  })
})

describe('saving ends', () => {
  const ended = (rows: SuppressionRow[], shownNames: string[], kept: string[]) =>
    endedTopics(shown(...rows), { shown: shownNames, topic: kept }).map(({ name }) => name)

  test.for<[why: string, rows: SuppressionRow[], shown: string[], kept: string[], ended: string[]]>([
    ['nothing, when all boxes stay', [], ['news', 'offers'], ['news', 'offers'], []],
    ['the one that was left off', [], ['news', 'offers'], ['news'], ['offers']],
    ['both, when none stays', [], ['news', 'offers'], [], ['news', 'offers']],
    ['nothing the page never showed', [], ['news'], [], ['news']],
    ['nothing at all from an empty form', [], [], [], []],
    [
      'what was off already, too: that may be taken back',
      [row(topicScope(1), 'unsubscribed')],
      ['news'],
      [],
      ['news'],
    ],
    ['nothing that is required', [], ['receipts'], [], []],
    ['nothing that is owed and kept away', [row(topicScope(3), 'complained')], ['receipts'], [], []],
    ['nothing that does not exist', [], ['nonsense', '__proto__'], ['constructor'], []],
    ['nothing for a topic that is kept without having been shown', [], [], ['news'], []],
    [
      'a topic also while everything is stopped',
      [row(workspaceScope(5), 'unsubscribed')],
      ['news'],
      [],
      ['news'],
    ],
    ['a topic also during a pause', [row(workspaceScope(5), 'paused', NOW + 1)], ['news'], [], ['news']],
  ])('%s', ([, rows, shownNames, kept, expected]) => {
    expect(ended(rows, shownNames, kept)).toEqual(expected)
  })
})

test('a topic that is off already and meant to be kept is named: its recipient has another page open', () => {
  const stale = (...rows: SuppressionRow[]) =>
    staleTopics(shown(...rows), { shown: ['news', 'offers'], topic: ['news'] }).map(({ name }) => name)
  expect(stale()).toEqual([])
  expect(stale(row(topicScope(1), 'unsubscribed'))).toEqual(['news'])
  expect(stale(row(topicScope(2), 'unsubscribed'))).toEqual([])
  expect(stale(row(workspaceScope(5), 'unsubscribed'))).toEqual(['news'])
})

describe('a topic that is off can be asked for by mail', () => {
  test.for<[why: string, rows: SuppressionRow[], returnable: boolean]>([
    ['when its recipient had left it', [row(topicScope(1), 'unsubscribed')], true],
    ['when they had left everything', [row(workspaceScope(5), 'unsubscribed')], true],
    [
      'when nobody signed that a mail came back',
      [{ ...row(TENANT_SCOPE, 'bounced'), reason: MARKETING_BOUNCE }],
      true,
    ],
    ['not when a provider says so', [row(TENANT_SCOPE, 'bounced')], false],
    ['not when they complained', [row(topicScope(1), 'complained')], false],
    [
      'not when they complained besides',
      [row(topicScope(1), 'unsubscribed'), row(topicScope(1), 'complained')],
      false,
    ],
    [
      'not when the workspace holds more against it',
      [row(workspaceScope(5), 'unsubscribed'), row(workspaceScope(5), 'legal')],
      false,
    ],
    ['not when the sender stopped it', [row(topicScope(1), 'manual')], false],
    ['not when it is on', [], false],
  ])('%s', ([, rows, returnable]) => {
    expect(shown(...rows).topics[0]!.returnable).toBe(returnable)
  })
})
