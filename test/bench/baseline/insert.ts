interface Bindings {
  DATABASE_URL: string
}

const SQL = 'INSERT INTO bare (id, scope, reason, at) VALUES (?, ?, ?, ?)'

/** One durable INSERT of a small row in a hand-written call: no guard, no ledger, no lane. */
export default {
  async fetch(request, { DATABASE_URL }) {
    if (request.method === 'GET') return new Response('')
    const id = crypto.getRandomValues(new Uint8Array(12))
    const args = [
      { type: 'blob', base64: btoa(String.fromCharCode(...id)) },
      { type: 'integer', value: '7' },
      { type: 'integer', value: '5' },
      { type: 'integer', value: String(Date.now()) },
    ]
    const response = await fetch(`${DATABASE_URL}/v3/pipeline`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        requests: [{ type: 'execute', stmt: { sql: SQL, args } }, { type: 'close' }],
      }),
    })
    const { results } = (await response.json()) as { results: [{ type: string }] }
    return results[0].type === 'ok' ? new Response('Inserted.\n') : Response.json(results, { status: 500 })
  },
} satisfies ExportedHandler<Bindings>
