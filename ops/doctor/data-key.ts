import { addressHash } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { TenantCipher } from '../../core/cipher.ts'
import { type Clock, timestamp } from '../../core/clock.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import { allDataKeys, type DataKeyRow, dataKeysOf } from '../../db/data-key.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'
import { currentSchedule, type KeySchedule } from '../../db/key-schedule.ts'
import { type KeyVault, VaultFailure } from '../../worker/encryption/key-vault.ts'
import { unreadableBy } from '../../worker/encryption/schedule.ts'
import { openVault, vaultSetting } from '../../worker/encryption/setting.ts'
import { StoredKeys } from '../../worker/encryption/stored-keys.ts'
import { counted } from '../backup.ts'
import { readAsOperator } from '../operator.ts'
import { type Finding, findingsOf } from './finding.ts'
import { type Installation, lacking, settingOf } from './installation.ts'
import { anyAddress } from './question.ts'
import { DEADLINE_MS, inTime, reasonOf } from './reach.ts'

/** Looks at what is encrypted: whether the wrapping keys given open the data keys, and INDEX_KEY made the address ids. */
export async function lookAtDataKeys(
  installation: Installation,
  database: Endpoint | undefined,
  clock: Clock,
): Promise<Finding[]> {
  const about = { dataKeys: findingsOf('data keys'), indexKey: findingsOf('index key') }
  const neither = (why: string) => [about.dataKeys.notLookedAt(why), about.indexKey.notLookedAt(why)]
  if (!database) return neither('no database could be read')
  const setting = settingOf(installation, vaultSetting)
  if (!setting) return neither('KEY_ENCRYPTION_KEYS or VAULT_TOKEN is not given, or malformed')
  const vault = openVault(setting)
  try {
    const [keys, schedule] = await readAsOperator(database, [allDataKeys, currentSchedule], DEADLINE_MS)
    const opened = await inTime(openingFinding(keys, vault))
    const planned = scheduleFinding(schedule, clock())
    const findings = planned ? [opened, planned] : [opened]
    if (opened.result !== 'ok')
      return [...findings, about.indexKey.notLookedAt('no data key opens an address')]
    const derived = inTime(indexFinding(installation, database, vault, clock)).catch(() =>
      about.indexKey.notLookedAt('the address that was tried does not open'),
    )
    return [...findings, await derived]
  } catch (error) {
    return neither(reasonOf(error))
  }
}

async function openingFinding(keys: readonly DataKeyRow[], vault: KeyVault | undefined): Promise<Finding> {
  const { ok, fail, notLookedAt } = findingsOf('data keys')
  if (keys.length === 0) return ok('there is none yet')
  const failures = await Promise.all(
    keys.map(({ wrapped, ...place }) =>
      vault
        ? vault.unwrap(place, wrapped).then(
            () => [],
            (failure: VaultFailure) => [failure],
          )
        : [new VaultFailure('unknown_key', 'neither KEY_ENCRYPTION_KEYS nor VAULT_URL is set')],
    ),
  )
  const [first, ...more] = failures.flat()
  if (first === undefined)
    return ok(
      `${keys.length === 1 ? 'the one there is opens' : `all ${keys.length} open`} with the wrapping keys given`,
    )
  if (first.why === 'away') return notLookedAt(`Vault: ${first.message}`)
  return fail(
    `${counted(more.length + 1, 'data key')} of ${keys.length} ${more.length === 0 ? 'does' : 'do'} not open: ${first.message}`,
    'give the wrapping keys that this database was made with: addresses and evidence are unreadable without',
  )
}

function scheduleFinding(schedule: KeySchedule | undefined, now: number): Finding | undefined {
  if (!schedule || unreadableBy(schedule, now) !== undefined) return undefined
  return findingsOf('data keys').warn(
    `their schedule was last kept on ${timestamp(schedule.keptAt).slice(0, 10)}, and no recipient is told a day`,
    'run npm run keys -- schedule, and see why its daily run did not',
  )
}

/** Opens one address and derives its id anew. The address goes no further than this function. */
async function indexFinding(
  installation: Installation,
  database: Endpoint,
  vault: KeyVault | undefined,
  clock: Clock,
): Promise<Finding> {
  const { ok, fail, notLookedAt } = findingsOf('index key')
  const [missing] = lacking(installation, ['INDEX_KEY'])
  const secret = parseKey(installation.given['floe-app']['INDEX_KEY'] ?? '')
  if (!secret) return notLookedAt(missing ? 'INDEX_KEY is not given' : 'INDEX_KEY is malformed')
  const [kept] = await readAsOperator(database, [anyAddress], DEADLINE_MS)
  if (!kept) return notLookedAt('no address is kept yet whose id could be derived')
  const [id, tenant, sealed] = kept
  const former = parseKey(installation.given['floe-app']['DATA_KEY'] ?? '')
  const cipher = new TenantCipher(storedKeys(database, vault, former, clock))
  const address = await cipher.decrypt(tenant, id, sealed)
  if (equalBytes(new AddressIndexes(secret).tenant(tenant).id(addressHash(address)), id))
    return ok('the address ids of this database derive from it')
  return fail(
    'address ids of this database derive from another INDEX_KEY',
    'deploy nothing: with this one, no check finds a suppression. Take the key from the vault',
  )
}

/** Returns the data keys of a database, which can be opened and not made. */
const storedKeys = (
  database: Endpoint,
  vault: KeyVault | undefined,
  former: Uint8Array | undefined,
  clock: Clock,
): StoredKeys =>
  new StoredKeys({
    store: {
      read: async tenant => (await readAsOperator(database, [dataKeysOf(tenant)], DEADLINE_MS))[0],
      keep: () => Promise.reject(new Error('this command writes nothing')),
    },
    vault,
    former,
    clock,
    background: () => undefined,
    log: () => undefined,
  })
