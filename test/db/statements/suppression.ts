import { HashMany } from '../../../core/hash-many.ts'
import { keepAddress, keepAddressOf, sealedAddress } from '../../../db/address.ts'
import { fold } from '../../../db/engine/fold.ts'
import { wired } from '../../../db/engine/hrana.ts'
import { demandKey, keepKey, recipientKeyOf, recipientKeysOf } from '../../../db/recipient-key.ts'
import { lift, matching, matchingPlatform, suppress, suppressionsOf } from '../../../db/suppression.ts'
import { countNew, liftImported, suppressMany } from '../../../db/suppression-batch.ts'
import { repeatsToldBefore, stop, takeBack, tellRepeat } from '../../../db/suppression-choice.ts'
import {
  knownIds,
  listed,
  reachOf,
  suppressionByKey,
  suppressionsOfMany,
} from '../../../db/suppression-list.ts'
import { MAY_CHANGE } from './subscription.ts'
import { about, type Calls, ENTRY, ID, NOW, RECIPIENTS, UUID } from './values.ts'

const row = { addressId: ID, scope: 5, reason: 1, source: 1, at: NOW, until: null }
const found = { ...row, chosenAt: null }
const records = [{ row, entry: ENTRY }]
const lookup = { scopes: [1, 6], topic: { workspace: 1, name: 'news' }, consent: true, now: NOW } as const
const slice = { tenant: 1, seq: 9, events: 2000 }
const address = { addressId: ID, tenant: 1, sealed: UUID, createdAt: NOW }
const key = { addressId: ID, tenant: 1, wrapped: UUID, createdAt: NOW }
const repeat = { ...row, toldAt: NOW, untold: 1, tenant: 1, workspace: 1 }
const STOP = stop({ row, added: ENTRY, repeated: ENTRY }, new HashMany())
const TRUE = { sql: 'TRUE', args: [] }

/** Statements about suppressions, and about addresses and the keys of recipients. */
export const suppressions: Calls = {
  'suppression: matching': matching(ID, { ...lookup, scopes: [1, 6] }),
  'suppression: matching, without consent': matching(ID, { ...lookup, scopes: [1, 6], consent: false }),
  'suppression: matchingPlatform': matchingPlatform(ID),
  ...about('suppression: suppressionsOf', RECIPIENTS, suppressionsOf),
  'suppression: suppress': suppress(row, ENTRY),
  'suppression: lift': [...lift(found, ENTRY), ...lift({ ...found, untold: 1 }, ENTRY)],
  'suppression-choice: stop': STOP,
  'suppression-choice: stop, several in one': JSON.parse(fold([wired(STOP), wired(STOP)]).statements[0]!),
  'suppression-choice: takeBack': takeBack({ ...row, doneAt: NOW }, ENTRY, TRUE),
  'suppression-choice: takeBack, if it may change': takeBack({ ...row, doneAt: NOW }, ENTRY, MAY_CHANGE),
  'suppression-choice: repeatsToldBefore': repeatsToldBefore(NOW, 100),
  'suppression-choice: tellRepeat': tellRepeat(repeat, ENTRY),
  'suppression-batch: suppressMany': suppressMany(records, 'tenant'),
  'suppression-batch: suppressMany, answering ids': suppressMany(records, 'tenant', {
    returning: 'RETURNING id',
  }),
  'suppression-batch: suppressMany, of an import': suppressMany(records, 'tenant', {
    of: { workspace: 1, name: 'spring', from: 0, to: 100 },
  }),
  'suppression-batch: suppressMany, of an import, answering ids': suppressMany(records, 'tenant', {
    returning: 'RETURNING id',
    of: { workspace: 1, name: 'spring', from: 0, to: 100 },
  }),
  'suppression-batch: suppressMany, for the platform': suppressMany(records, 'platform'),
  'suppression-batch: suppressMany, for the platform, answering ids': suppressMany(records, 'platform', {
    returning: 'RETURNING id',
  }),
  'suppression-batch: countNew': countNew(records),
  'suppression-batch: liftImported': liftImported(records, 9),
  'suppression-list: suppressionByKey': suppressionByKey(1, row),
  'suppression-list: suppressionsOfMany': suppressionsOfMany(ID),
  'suppression-list: knownIds': knownIds(1, ID),
  'suppression-list: listed, newest first': listed({ ...slice, direction: 'older' }, () => ''),
  'suppression-list: listed, oldest first': listed({ ...slice, direction: 'newer' }, () => ''),
  'suppression-list: reachOf, newest first': reachOf({ ...slice, direction: 'older' }),
  'suppression-list: reachOf, oldest first': reachOf({ ...slice, direction: 'newer' }),
  ...about('address: sealedAddress', RECIPIENTS, sealedAddress),
  'address: keepAddress': keepAddress(address),
  'address: keepAddressOf': keepAddressOf(address, UUID),
  ...about('recipient-key: recipientKeyOf', RECIPIENTS, recipientKeyOf),
  'recipient-key: recipientKeysOf': recipientKeysOf(ID),
  'recipient-key: keepKey': keepKey(key, UUID),
  'recipient-key: demandKey': demandKey(key, UUID),
}
