import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { WorkerName } from '../../core/holdings.ts'
import { transferredFrom } from '../../local/class-transfer.ts'
import { deployment } from '../../local/deploy.ts'
import { ROOT } from '../../local/folder.ts'
import { WORKERS } from '../../local/workers.ts'

const ACCOUNT = '0123456789abcdef0123456789abcdef'

/**
 * Deploys a Worker by wrangler to a platform that takes everything, and returns the metadata of what it uploads. `tag` is the
 * last migration that the platform has applied to the script; undefined where the script is new.
 */
async function uploaded(
  name: WorkerName,
  tag: string | undefined,
  from?: string,
): Promise<{ migrations?: object }> {
  let metadata: string | undefined
  const script = { id: name, migration_tag: tag, last_deployed_from: 'wrangler' }
  const platform = createServer(async (asked, answer) => {
    const { pathname } = new URL(asked.url!, 'http://localhost')
    const body = await textOf(asked)
    metadata ??= /name="metadata"\r\n\r\n(.*)\r\n/.exec(body)?.[1]
    const known: Record<string, unknown> = {
      services: tag === undefined ? undefined : { default_environment: { script } },
      scripts: tag === undefined ? [] : [script],
      deployments: { deployments: [] },
      'assets-upload-session': { jwt: 'x', buckets: [] },
    }
    const part = pathname.split('/').findLast(each => each in known)!
    const result = pathname.endsWith(`scripts/${name}`) ? {} : (known[part] ?? {})
    const none = part === 'services' && tag === undefined
    const errors = none ? [{ code: 10090, message: 'no such script' }] : []
    answer
      .writeHead(none ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ success: !none, errors, messages: [], result }))
  })
  await once(platform.listen(0, '127.0.0.1'), 'listening')
  const worker = WORKERS.find(each => each.name === name)!
  const wrangler = spawn(
    process.execPath,
    ['node_modules/wrangler/bin/wrangler.js', ...deployment(worker, { LOG_LEVEL: 'error' }, from)],
    {
      cwd: ROOT,
      stdio: 'ignore',
      env: {
        ...process.env,
        CI: '1',
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_SEND_METRICS: 'false',
        CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${(platform.address() as AddressInfo).port}`,
        CLOUDFLARE_API_TOKEN: 'x',
        CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
      },
    },
  )
  await once(wrangler, 'exit')
  platform.closeAllConnections()
  platform.close()
  return JSON.parse(metadata ?? '"nothing was uploaded"')
}

describe('the Durable Objects of', () => {
  test.for([
    ['floe-lane', 'WriteLane', 'v2', [{ new_sqlite_classes: ['ReadLane'] }]],
    ['floe-app', 'IdempotencyRecord', 'v1', []],
  ] as const)(
    '%s are made in a new account, taken over from the single Worker, and left alone from then on',
    async ([name, className, tag, more]) => {
      const made = { new_tag: tag, steps: [{ new_sqlite_classes: [className] }, ...more] }
      const taken = {
        new_tag: tag,
        steps: [{ transferred_classes: [{ from: className, from_script: 'floe', to: className }] }, ...more],
      }
      const [first, moved] = [await uploaded(name, undefined), await uploaded(name, undefined, 'floe')]
      expect([first.migrations, moved.migrations]).toEqual([made, taken])
      // Nothing else differs.
      expect({ ...moved, migrations: made }).toEqual(first)
      for (const from of ['floe', undefined]) {
        const later = await uploaded(name, tag, from)
        expect(later).toHaveProperty('main_module')
        expect(later.migrations).toBe(undefined)
      }
    },
  )

  test('floe-lane that came later are made beside those it has', async () => {
    for (const from of ['floe', undefined])
      expect((await uploaded('floe-lane', 'v1', from)).migrations).toEqual({
        old_tag: 'v1',
        new_tag: 'v2',
        steps: [{ new_sqlite_classes: ['ReadLane'] }],
      })
  })

  test('floe are none', async () => {
    for (const from of ['floe', undefined]) {
      const upload = await uploaded('floe', 'v2', from)
      expect(upload).toHaveProperty('main_module')
      expect(upload.migrations).toBe(undefined)
    }
  })
})

test('only classes that would be made first are transferred', () => {
  const migrations = [
    { tag: 'v1', new_sqlite_classes: ['A', 'B'] },
    { tag: 'v2', renamed_classes: [{ from: 'A', to: 'C' }] },
    { tag: 'v3', new_sqlite_classes: ['D'] },
  ]
  expect(transferredFrom('floe', { name: 'x', migrations })).toEqual({
    name: 'x',
    migrations: [
      {
        tag: 'v1',
        transferred_classes: [
          { from: 'A', from_script: 'floe', to: 'A' },
          { from: 'B', from_script: 'floe', to: 'B' },
        ],
      },
      { tag: 'v2', renamed_classes: [{ from: 'A', to: 'C' }] },
      { tag: 'v3', new_sqlite_classes: ['D'] },
    ],
  })
})
