import { describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import type { Fault } from '../../core/fault.ts'
import { ARRIVAL_MS } from '../../worker/http/arrival.ts'
import { readBody, readForm, readJson } from '../../worker/http/limits.ts'
import { arriving, recordsOf } from '../../worker/suppression/records.ts'

const ADDRESS = 'https://floe.example.com/v1/check'
const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request(ADDRESS, { method: 'POST', body, headers })
const json = (body: BodyInit | null, type = 'application/json') => post(body, { 'content-type': type })
/** A body that arrives in pieces and says nothing of its length. */
const streamed = (pieces: (string | Uint8Array)[]) => {
  let i = 0
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces[i++]
      if (piece === undefined) controller.close()
      else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
    },
  })
  const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } }
  return new Request(ADDRESS, init as RequestInit)
}
const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    value => value,
    error => (error as Fault).detail,
  )

describe('a body', () => {
  test('is read whole, however it arrives', async () => {
    expect(await readBody(post('abc'), 3)).toEqual(new Uint8Array([97, 98, 99]))
    expect(await readBody(streamed(['a', '', 'bc', new Uint8Array([0, 255])]), 5)).toEqual(
      new Uint8Array([97, 98, 99, 0, 255]),
    )
  })

  test('that is not there is empty', async () => {
    expect(await readBody(new Request(ADDRESS), 0)).toEqual(new Uint8Array())
    expect(await readBody(post(''), 0)).toEqual(new Uint8Array())
  })

  test('may have exactly its limit, and one byte more is too much', async () => {
    const tooLarge = { code: 'request.too_large', limitBytes: 1000 }
    expect(await readBody(post('a'.repeat(1000)), 1000)).toHaveLength(1000)
    expect(await outcome(readBody(post('a'.repeat(1001)), 1000))).toEqual(tooLarge)
    expect(await readBody(streamed(Array(1000).fill('a')), 1000)).toHaveLength(1000)
    expect(await outcome(readBody(streamed(Array(1001).fill('a')), 1000))).toEqual(tooLarge)
  })

  test('is measured whether it declares its length or not', async () => {
    const declared = (length: number) => post('a'.repeat(length), { 'content-length': String(length) })
    expect(await readBody(declared(1000), 1000)).toHaveLength(1000)
    expect(await outcome(readBody(declared(1001), 1000))).toMatchObject({ code: 'request.too_large' })
  })

  test('is measured by what arrives: a declared length and chunks may come together', async () => {
    const lying = post('a'.repeat(1001), { 'content-length': '3' })
    expect(await outcome(readBody(lying, 1000))).toEqual({ code: 'request.too_large', limitBytes: 1000 })
  })

  test('without an end is cut off', async () => {
    const megabyte = new Uint8Array(1 << 20)
    let taken = 0
    const body = new ReadableStream({
      pull(controller) {
        taken++
        controller.enqueue(megabyte)
      },
    })
    const request = new Request(ADDRESS, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(await outcome(readBody(request, 1000))).toMatchObject({ code: 'request.too_large' })
    expect(taken).toBeLessThan(30)
  })
})

describe('a body that does not come', () => {
  /** Gives a byte each second, and never an end. */
  const trickling = () => {
    let cancelled = false
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(resolve => setTimeout(resolve, 1000))
        if (!cancelled) controller.enqueue(new Uint8Array([0x20]))
      },
      cancel() {
        cancelled = true
      },
    })
    return { stream, isCancelled: () => cancelled }
  }

  const inFakeTime = async <T>(act: () => Promise<T>, ms: number): Promise<T> => {
    vi.useFakeTimers()
    try {
      const acting = act()
      await vi.advanceTimersByTimeAsync(ms)
      return await acting
    } finally {
      vi.useRealTimers()
    }
  }

  const linesOf = async (
    upload: ReadableStream<Uint8Array>,
    take: (line: string) => void = () => undefined,
  ) => {
    const pieces = arriving(upload.getReader(), { clock: systemClock, weigh: async () => undefined })
    const cutting = { quotes: false, from: { offset: 0, line: 1 }, charset: 'utf-8' }
    for await (const records of recordsOf(pieces, cutting))
      for (const { bytes } of records) take(new TextDecoder().decode(bytes))
  }

  test('is waited for as long as a body may take, and let go', async () => {
    const { stream, isCancelled } = trickling()
    const init = { method: 'POST', body: stream, duplex: 'half' }
    const request = new Request(ADDRESS, init as RequestInit)
    expect(await inFakeTime(() => outcome(readBody(request, 1000)), ARRIVAL_MS)).toEqual({
      code: 'request.too_slow',
    })
    expect(isCancelled()).toBe(true)
  })

  test('nor more of it is an upload that broke off', async () => {
    const stalled = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(new TextEncoder().encode('ada@example.com\n')),
    })
    const lines: string[] = []
    const reading = () => outcome(linesOf(stalled, line => lines.push(line)))
    expect(await inFakeTime(reading, ARRIVAL_MS)).toEqual({ code: 'import.interrupted' })
    expect(lines).toEqual(['ada@example.com'])
  })

  test('but byte by byte is an upload that broke off as well, though each byte is in time', async () => {
    const { stream, isCancelled } = trickling()
    expect(await inFakeTime(() => outcome(linesOf(stream)), ARRIVAL_MS + 1000)).toEqual({
      code: 'import.interrupted',
    })
    expect(isCancelled()).toBe(true)
  })

  test('fast but steadily is an upload like others, however long it takes', async () => {
    const line = new TextEncoder().encode(`${'a'.repeat(1500)}@example.com\n`)
    let sent = 0
    const steady = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(resolve => setTimeout(resolve, 1000))
        if (sent++ === 60) controller.close()
        else controller.enqueue(line)
      },
    })
    const lines: string[] = []
    const reading = () => outcome(linesOf(steady, line => lines.push(line)))
    expect(await inFakeTime(reading, 62_000)).toBeUndefined()
    expect(lines).toHaveLength(60)
  })

  test('and breaks off is no failure of ours', async () => {
    const body = new ReadableStream({
      pull: controller => controller.error(new TypeError('Network connection lost.')),
    })
    const request = new Request(ADDRESS, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(await outcome(readBody(request, 1000))).toEqual({
      code: 'request.malformed',
      detail: 'It broke off.',
    })
  })

  test.for(['gzip', 'br', 'identity, gzip', 'x'])(
    'as it is but packed by %s is not unpacked',
    async encoding => {
      const request = post('abc', { 'content-encoding': encoding })
      expect(await outcome(readBody(request, 1000))).toMatchObject({
        code: 'request.unsupported_media_type',
      })
      expect(await readBody(post('abc', { 'content-encoding': 'identity' }), 1000)).toHaveLength(3)
    },
  )
})

describe('JSON is read', () => {
  test.for([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;charset=UTF-8',
    'application/vnd.floe+json',
    'application/problem+json ; x=y',
  ])('from the type %s', async type => {
    expect(await readJson(json('{"a":[1,"ä",null]}', type), 100)).toEqual({ a: [1, 'ä', null] })
  })

  test('also when a character arrives in two pieces', async () => {
    const bytes = new TextEncoder().encode('"💩"')
    expect(await readJson(streamed([bytes.slice(0, 3), bytes.slice(3)]), 100)).toBe('💩')
  })

  test.for([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'text/json',
    'application/jsonp',
    'xapplication/json',
    'application/json+xml',
    'multipart/form-data',
  ])('not from the type "%s"', async type => {
    const request = type === '' ? post(new Uint8Array([123, 125])) : json('{}', type)
    expect(await outcome(readJson(request, 100))).toMatchObject({ code: 'request.unsupported_media_type' })
  })

  test.for<[why: string, body: string | Uint8Array, detail: string]>([
    ['nothing', '', 'It is not JSON.'],
    ['half an object', '{"a":', 'It is not JSON.'],
    ['two values', '{}{}', 'It is not JSON.'],
    ['a comma too many', '[1,]', 'It is not JSON.'],
    ['single quotes', "{'a':1}", 'It is not JSON.'],
    ['no number', 'NaN', 'It is not JSON.'],
    ['a byte order mark', '\uFEFF{}', 'It is not JSON.'],
    ['Latin-1', new Uint8Array([0x22, 0xe4, 0x22]), 'It is not UTF-8.'],
    ['an overlong byte', new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), 'It is not UTF-8.'],
    ['half a character', new Uint8Array([0x22, 0xf0, 0x9f, 0x22]), 'It is not UTF-8.'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), 'It is not UTF-8.'],
  ])('not when it is %s', async ([, body, detail]) => {
    expect(await outcome(readJson(json(body as BodyInit), 100))).toEqual({
      code: 'request.malformed',
      detail,
    })
  })

  test('not when it is too large, whatever else is wrong', async () => {
    expect(await outcome(readJson(json('{'.repeat(101)), 100))).toEqual({
      code: 'request.too_large',
      limitBytes: 100,
    })
  })
})

describe('a form is read', () => {
  const fields = async (request: Request) => {
    const list: [string, unknown][] = []
    ;(await readForm(request)).forEach((value, name) => {
      list.push([name, value])
    })
    return list
  }

  test('as browsers send it, in either type', async () => {
    expect(
      await fields(
        post(
          new URLSearchParams([
            ['a', 'ä b'],
            ['a', '2'],
          ]),
        ),
      ),
    ).toEqual([
      ['a', 'ä b'],
      ['a', '2'],
    ])
    const multipart = new FormData()
    multipart.append('act', 'stop')
    expect(await fields(post(multipart))).toEqual([['act', 'stop']])
  })

  test.for<[string, Request]>([
    ['no body', new Request(ADDRESS, { method: 'POST' })],
    ['a body of no type', post(new Uint8Array([97, 61, 98]))],
    ['JSON', json('{"act":"stop"}')],
    ['a text', post('act=stop', { 'content-type': 'text/plain' })],
    ['a multipart body without its boundary', post('act', { 'content-type': 'multipart/form-data' })],
    ['a broken multipart body', post('act', { 'content-type': 'multipart/form-data; boundary=x' })],
  ])('as empty from %s', async ([, request]) => {
    expect(await fields(request)).toEqual([])
  })

  test('not when it is too large', async () => {
    const request = post(new URLSearchParams({ a: 'x'.repeat(64 * 1024) }))
    expect(await outcome(readForm(request))).toMatchObject({ code: 'request.too_large' })
  })
})
