import { expect, test } from 'vitest'
import {
  counterFamily,
  exposition,
  gaugeFamily,
  infoFamily,
  secondsFamily,
} from '../../worker/telemetry/open-metrics.ts'
import { BUCKETS, Counter, Histogram } from '../../worker/telemetry/series.ts'
import { readOpenMetrics } from '../support/open-metrics.ts'

test('a value falls into the first bucket that holds it, its end included', () => {
  const histogram = new Histogram()
  for (const value of [0, 0.005, 0.0051, 1, 5, 5.001]) histogram.observe('b', value)
  const { buckets, sum, count } = histogram.distributions()[0]![1]
  expect(Object.fromEntries(BUCKETS.map((end, i) => [end, buckets[i]]).filter(([, n]) => n))).toEqual({
    0.005: 2,
    0.01: 1,
    1: 1,
    5: 1,
  })
  expect([sum, count]).toEqual([0 + 0.005 + 0.0051 + 1 + 5 + 5.001, 6])
})

test('counts and values are written as OpenMetrics', () => {
  const counter = new Counter()
  counter.add('GET /x', 200)
  counter.add('GET /x', 200)
  const histogram = new Histogram()
  histogram.observe('GET /x', 0.02)
  histogram.observe('GET /x', 9)
  const text = exposition([
    infoFamily('floe_build', 'What runs.', [{ commit: 'a"b\\c\nd' }]),
    counterFamily('floe_requests', 'Requests.', ['operation', 'status'], [['floe', counter.counts()]]),
    secondsFamily('floe_request_seconds', 'How long.', 'operation', [['floe', histogram.distributions()]]),
    gaugeFamily('floe_lane_depth', 'Waiting.', [
      [{ cluster: '0' }, 0],
      [{ cluster: '1' }, 3],
    ]),
    gaugeFamily('floe_mail_due', 'Unknown.', [[{ cluster: '0' }, undefined]]),
  ])
  expect(text).toContain('floe_build_info{commit="a\\"b\\\\c\\nd"} 1\n')
  const families = readOpenMetrics(text)
  expect(
    families
      .get('floe_requests')!
      .samples.get('floe_requests_total{worker="floe",operation="GET /x",status="200"}'),
  ).toBe(2)
  const { samples } = families.get('floe_request_seconds')!
  const bucket = (end: string) =>
    samples.get(`floe_request_seconds_bucket{worker="floe",operation="GET /x",le="${end}"}`)
  expect(['0.01', '0.025', '5.0', '+Inf'].map(bucket)).toEqual([0, 1, 1, 2])
  expect(families.get('floe_mail_due')!.samples.size).toBe(0)
})

test.for([
  ['no end', '# TYPE a gauge\n# HELP a A.\na 1\n'],
  ['a stranger', '# TYPE a gauge\n# HELP a A.\nb 1\n# EOF\n'],
  ['a counter without _total', '# TYPE a counter\n# HELP a A.\na 1\n# EOF\n'],
  ['a sample twice', '# TYPE a gauge\n# HELP a A.\na 1\na 2\n# EOF\n'],
  ['a bare quote', '# TYPE a gauge\n# HELP a A.\na{b="""} 1\n# EOF\n'],
  ['a foreign unit', '# TYPE a gauge\n# UNIT a seconds\n# HELP a A.\na 1\n# EOF\n'],
])('the reader these tests rely on refuses %s', ([, text]) => {
  expect(() => readOpenMetrics(text!)).toThrow()
})
