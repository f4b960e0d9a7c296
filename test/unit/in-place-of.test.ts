import { expect, test } from 'vitest'
import { openTrace } from '../../core/trace.ts'
import { createEdge, type EdgeDeps } from '../../worker/edge-routes.ts'

test('what floe passes on in place of a request has its id, which its caller is told, and nothing of its body', async () => {
  const passed: Request[] = []
  const passOn = async (request: Request) => {
    passed.push(request)
    return new Response(null, { status: 204 })
  }
  const edge = createEdge({ passOn, metrics: { counts: () => ({ counted: 1 }) } } as unknown as EdgeDeps)
  const headers = { authorization: 'Bearer a', 'content-encoding': 'gzip', 'x-request-id': 'of nobody' }
  const trace = openTrace(null)
  await edge.fetch(new Request('https://floe.example.com/metrics', { headers }), trace)
  const [request] = passed as [Request]
  expect([request.method, request.redirect, await request.json()]).toEqual(['POST', 'manual', { counted: 1 }])
  expect(request.headers.get('x-request-id')).toBe(trace.id)
  expect(request.headers.get('authorization')).toBe('Bearer a')
  expect(request.headers.get('content-encoding')).toBeNull()
})
