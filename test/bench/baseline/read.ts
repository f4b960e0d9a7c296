import { Hono } from 'hono'

interface Bindings {
  DATABASE_URL: string
}

const SQL = 'SELECT scope, reason, at, until FROM suppression WHERE address_id = ?'

interface Answer {
  results: [{ type: string; response: { result: { rows: unknown[][] } } }]
}

const app = new Hono<{ Bindings: Bindings }>()

app.get('/healthz', c => c.text(''))

/** One indexed read of the same table in a hand-written call: no key, no hashing, no scopes, no decision. */
app.post('/read', async c => {
  const { id } = await c.req.json<{ id: string }>()
  const response = await fetch(`${c.env.DATABASE_URL}/v3/pipeline`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      requests: [
        { type: 'execute', stmt: { sql: SQL, args: [{ type: 'blob', base64: id }] } },
        { type: 'close' },
      ],
    }),
  })
  const { results } = (await response.json()) as Answer
  if (results[0].type !== 'ok') return c.json(results, 500)
  return c.json({ id, decision: results[0].response.result.rows.length > 0 ? 'deny' : 'allow' })
})

export default app
