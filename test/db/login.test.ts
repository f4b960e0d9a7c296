import { expect } from 'vitest'
import { run } from '../../db/engine/hrana.ts'
import { startNode } from '../../local/cluster.ts'
import { freePorts } from '../../local/port.ts'
import { newLogin } from '../../ops/login.ts'
import { test } from '../support/database.ts'

test('a database that is started with a login answers nobody without it, a web page that guesses its port neither', async ({
  database,
}) => {
  const [httpPort] = (await freePorts(1)) as [number]
  const { publicKey, token } = await newLogin()
  const node = await startNode({ dir: `${database.dir}/own`, httpPort, loginKey: publicKey })
  try {
    const asked = [{ sql: 'SELECT 1', args: [] }]
    const [answer] = await run({ url: node.url, authToken: token }, asked, 5000)
    expect(answer!.rows).toEqual([[1]])
    const { token: another } = await newLogin()
    for (const authToken of [undefined, another, 'x'])
      await expect(run({ url: node.url, authToken }, asked, 5000)).rejects.toThrow()
    const page = await fetch(`${node.url}/v3/pipeline`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: JSON.stringify({ requests: [{ type: 'execute', stmt: { sql: 'SELECT 1' } }] }),
    })
    expect(page.status).toBe(401)
  } finally {
    await node.stop()
  }
})
