import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { encrypt, formerKey, TenantCipher } from '../../core/cipher.ts'
import { keepAddress } from '../../db/address.ts'
import { newSecrets } from '../../local/secrets.ts'
import { seed } from '../../local/seed.ts'
import { commitAsOperator } from '../../ops/operator.ts'
import { keySecrets, operatorKeys } from '../../ops/operator-keys.ts'
import { keyUse, rotateDataKeys } from '../../ops/rotate-keys.ts'
import { runCommand, startCommand } from '../support/cli.ts'
import { test } from '../support/database.ts'

const former = randomBytes(32)
const WRAPPING = { KEY_ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 1).toString('base64url')}` }

test('a rotation that is killed in the middle goes on where it stopped: every address opens, and the old key is needed no more', async ({
  database,
}) => {
  const DATA_KEY = former.toString('base64url')
  const { tenant } = await seed(database.endpoint, { ...newSecrets(), dataKey: DATA_KEY })
  const env = { ...WRAPPING, DATABASE_URL: database.endpoint.url, DATA_KEY }
  const secret = await formerKey(former, tenant)
  const people = Array.from({ length: 6000 }, (_, i) => ({
    id: new Uint8Array(randomBytes(12)),
    name: `r${i}@example.com`,
  }))
  for (let i = 0; i < people.length; i += 500)
    await commitAsOperator(
      database.endpoint,
      await Promise.all(
        people
          .slice(i, i + 500)
          .map(async ({ id, name }) =>
            keepAddress({ addressId: id, tenant, sealed: await encrypt(secret, id, name), createdAt: 1 }),
          ),
      ),
    )
  // New keys are made, and known everywhere by now.
  const cut = rotateDataKeys(database.endpoint, keySecrets(env), {
    wait: () => Promise.reject(new Error('cut')),
  })
  await expect(cut).rejects.toThrow('cut')
  await database.sql('UPDATE data_key SET made_at = made_at - 100000')

  const args = ['rotate', 'encryption', '--as', 'test']
  const child = startCommand('ops/keys.ts', args, env)
  const ended = new Promise(resolve => child.once('close', resolve))
  const left = async () => (await keyUse(database.endpoint)).older
  while ((await left()) === people.length + 1);
  child.kill('SIGKILL')
  await ended
  const before = await left()
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(people.length)

  const { code, out, err } = await runCommand('ops/keys.ts', args, env)
  expect([code, out]).toEqual([
    0,
    `what an earlier run began is finished; sealed anew: ${before.toLocaleString('en')} texts. Run it again for new keys\n`,
  ])
  // How far it is, where that takes so long that somebody wonders.
  expect(err).toMatch(new RegExp(`^(?:[\\d,]+ of ${before.toLocaleString('en')} texts sealed anew\\n)*$`))
  expect(await left()).toBe(0)
  const cipher = new TenantCipher(operatorKeys(database.endpoint, keySecrets(WRAPPING)))
  for (const { id, name } of people) {
    const [[sealed]] = (await database.sql('SELECT sealed FROM address WHERE address_id = ?', [id])) as [
      [Uint8Array],
    ]
    expect(await cipher.decrypt(tenant, id, sealed)).toBe(name)
  }
})
