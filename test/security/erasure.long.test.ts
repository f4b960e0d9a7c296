import { mkdtempSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect } from 'vitest'
import { run } from '../../db/engine/hrana.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { backup } from '../../ops/backup.ts'
import { keepKeySchedule } from '../../ops/keep-key-schedule.ts'
import { keySecrets } from '../../ops/operator-keys.ts'
import { keyringFile } from '../../ops/wrapping-keys.ts'
import { request } from '../support/consent.ts'
import { withMail } from '../support/mail.ts'
import { openData, test } from '../support/rights.ts'
import { answered, type OwnWorld } from '../support/world.ts'
import { evidenceOf, filesIn, holding, readable, type Wanted } from './copies.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What is sealed about Ada at this moment: her address, and the key of her evidence. */
async function sealedOf(world: OwnWorld): Promise<[address: Uint8Array, key: Uint8Array]> {
  const [[address, key]] = (await world.raw(
    'SELECT a.sealed, k.wrapped FROM address AS a JOIN recipient_key AS k USING (address_id) WHERE address_id = ?',
    [world.addressId],
  )) as [[Uint8Array, Uint8Array]]
  return [address, key]
}

/** Keeps the schedule of keys as an operator does, the Worker being deployed anew with each keyring. */
function scheduleOf(world: OwnWorld, path: string) {
  const told = { ring: world.bindings['KEY_ENCRYPTION_KEYS']! }
  const wait = async () => undefined
  const wrapping = keyringFile(
    path,
    async ring => {
      told.ring = ring
      await world.redeploy({ KEY_ENCRYPTION_KEYS: ring })
    },
    wait,
  )
  const keep = (days = 0) =>
    keepKeySchedule({
      endpoints: [world.endpoint],
      wrapping,
      secrets: KEY_ENCRYPTION_KEYS => keySecrets({ KEY_ENCRYPTION_KEYS }),
      everyDays: 30,
      clock: () => Date.now() + days * DAY_MS,
      wait,
    })
  return { keep, told }
}

test('what was erased is gone from the database’s file at once, and on its day every copy in any file opens with nothing that is left', async () => {
  const dir = mkdtempSync(`${tmpdir()}/floe-erasure-`)
  const lane = `${dir}/lane`
  const path = `${dir}/ring`
  await withMail(
    async mailing => {
      const { world } = mailing
      await writeFile(path, world.bindings['KEY_ENCRYPTION_KEYS']!)
      const { keep, told } = scheduleOf(world, path)
      const everywhere = () => filesIn(world.dir, lane, dir)
      const secretsLeft = async () => [
        { KEY_ENCRYPTION_KEYS: (await readFile(path, 'utf8')).trim() },
        { KEY_ENCRYPTION_KEYS: told.ring },
      ]
      const entry = {
        address: ADA,
        topic: 'news',
        basis: 'express',
        at: '2026-01-02T00:00:00Z',
        wording: 'Yes, says Ada',
      }
      await answered(await world.call('/v1/consents', { entries: [entry] }))
      await request(world, 'bob@example.com')
      const [first] = await Promise.all([sealedOf(world), backup(world.endpoint, `${dir}/backup-before`)])

      expect(await keep()).toMatchObject({
        begun: true,
        waits: true,
        destroyed: { dataKeys: 0, wrappingKeys: [] },
      })
      const second = await sealedOf(world)
      const wanted: Wanted = {
        tenant: world.tenant,
        addressId: world.addressId,
        lengths: second.map(({ length }) => length),
      }
      await backup(world.endpoint, `${dir}/backup-between`)
      // A replica copies what it is asked about.
      const replica = { url: world.database.replicaUrls[0]! }
      const inReplica = () =>
        run(
          replica,
          [{ sql: 'SELECT wrapped FROM recipient_key WHERE address_id = ?', args: [world.addressId] }],
          5000,
        )
      await expect.poll(async () => (await inReplica())[0]!.rows).toEqual([[second[1]]])
      const ownFile = `${world.dir}/primary/dbs/default/data`
      const inFile = () => holding(filesIn(world.dir), second[1]).includes(ownFile)
      await expect.poll(inFile, { timeout: 20_000 }).toBe(true)

      const data = await openData(mailing, ADA)
      const day = new Date(Date.now() + 30 * DAY_MS).toLocaleDateString('en-GB', {
        dateStyle: 'long',
        timeZone: 'UTC',
      })
      const promised = `>${day.replaceAll(' ', '\u00a0')}</bdi> the keys to them are destroyed, and your data is unreadable in all copies.`
      expect(await (await data.send('/erase')).text()).toContain(promised)
      expect(await (await data.send('/erased')).text()).toContain(promised)
      const evidence = (await world.raw('SELECT id, sealed FROM event WHERE sealed IS NOT NULL')) as [
        Uint8Array,
        Uint8Array,
      ][]

      // At once: the file of the database, as soon as it is brought into it.
      await expect.poll(inFile, { timeout: 20_000 }).toBe(false)
      for (const bytes of [...first, ...second])
        expect(holding(filesIn(world.dir), bytes)).not.toContain(ownFile)

      // Elsewhere copies stay, and whoever has the secrets opens them: without this the rest says nothing.
      for (const place of ['/primary/', '/replica/', '/backup-between'])
        expect(holding(everywhere(), second[1]).join(), place).toContain(place)
      // The lane's journal has the key as it was written, before it was sealed anew.
      expect(holding(everywhere(), first[1]).join()).toContain('/lane/')
      const open = await readable(everywhere(), wanted, await secretsLeft())
      expect(open.texts).toContain(ADA)
      expect(await evidenceOf(open.texts, evidence)).toContain('Yes, says Ada')

      expect(await keep(1.1)).toMatchObject({
        begun: false,
        waits: false,
        destroyed: { dataKeys: 1, wrappingKeys: ['keyring:1'] },
      })
      // Those in use when she was erased have 30 days.
      expect((await readable(everywhere(), wanted, await secretsLeft())).texts).toContain(ADA)
      expect(await keep(25)).toMatchObject({ begun: false, sealedAnew: 0 })
      expect(await keep(26.5)).toMatchObject({ begun: true })
      expect(await keep(28)).toMatchObject({
        waits: false,
        destroyed: { dataKeys: 2, wrappingKeys: ['keyring:2'] },
      })

      const files = everywhere()
      for (const place of ['/primary/', '/replica/', '/backup-between'])
        expect(holding(files, second[1]).join(), place).toContain(place)
      const left = await readable(files, wanted, await secretsLeft())
      expect([left.copies > 0, left.dataKeys > 0]).toEqual([true, true])
      expect(left.texts).toEqual([])
      expect(await evidenceOf(left.texts, evidence)).toBe('')

      // Those who were not erased go on as before.
      const { unsubscribeUrl } = await world.links('bob@example.com')
      expect(await (await world.fetch(unsubscribeUrl)).text()).toContain('b•••@')
      const events = await world.raw(
        "SELECT subject FROM event WHERE type = 'wrapping_key.destroyed' ORDER BY seq",
      )
      expect(events.flat()).toEqual(['wrapping_key_keyring_1', 'wrapping_key_keyring_2'])
    },
    { replicas: 1, persist: lane, checkpointSeconds: 1 },
  )
  await rm(dir, { recursive: true, force: true })
})
