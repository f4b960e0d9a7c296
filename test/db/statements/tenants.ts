import {
  apiKeyById,
  apiKeysAfter,
  apiKeyUsed,
  keepApiKey,
  keyCountsOf,
  keysEnding,
  makeApiKey,
  ownApiKey,
  replaceApiKey,
} from '../../../db/api-key.ts'
import { brandByDigest, brandFiles, brandOf, brandOfTopic } from '../../../db/brand.ts'
import {
  allDataKeys,
  dataKeysOf,
  keepDataKey,
  oldestDataKey,
  retireDataKey,
  rewrapDataKey,
} from '../../../db/data-key.ts'
import { footerFacts, imprintOf, localesOf } from '../../../db/footer.ts'
import { limitLine, lineOf, revokeApiKey, revokeLine } from '../../../db/key-line.ts'
import { currentSchedule, keepSchedule } from '../../../db/key-schedule.ts'
import { workspaceOfHost } from '../../../db/link-host.ts'
import { noticeOf, noticesOf } from '../../../db/notice.ts'
import { countRead, forgetReaders, readsToldBefore, tellReads } from '../../../db/personal-data-read.ts'
import { embeddersOf, workspaceByNumber, workspacesOf } from '../../../db/tenant.ts'
import {
  allTopicsOf,
  anyTopic,
  mailedTopic,
  topicByName,
  topicByNumber,
  topicsAfter,
  topicsOf,
} from '../../../db/topic.ts'
import { about, type Calls, DIGEST, ENTRY, ID, KEY, NOW, TENANTS, WORKSPACES } from './values.ts'

const made = {
  id: KEY,
  workspace: 1,
  secretHash: DIGEST,
  permissions: [],
  createdAt: NOW,
  expiresAt: null,
  allowedIps: ['192.0.2.0/24'],
}
const line = { key: KEY, workspace: 1, spared: null }
const lineAct = {
  line,
  known: [{ id: KEY, direct: true }],
  because: ENTRY,
  entryOf: () => ENTRY,
}
const replacement = {
  old: { id: KEY, expiresAt: null },
  workspace: 1,
  by: KEY,
  next: { id: KEY, secretHash: DIGEST },
  at: NOW,
  oldEndsAt: NOW,
}
const dataKey = { tenant: 1, generation: 1, wrapped: 'x', madeAt: NOW }
const reader = { key: KEY, workspace: 1, tenant: 1, what: 'find' }

/** Statements about tenants, their workspaces, topics, looks, notices and keys. */
export const tenants: Calls = {
  ...about('tenant: workspacesOf', TENANTS, workspacesOf),
  'tenant: workspaceByNumber': workspaceByNumber(1),
  'tenant: embeddersOf': embeddersOf(1),
  'topic: topicByNumber': topicByNumber(1),
  'topic: mailedTopic': mailedTopic(1, 'news'),
  'topic: anyTopic': anyTopic({ first: 1, last: 2 }),
  'topic: topicByName': topicByName(1, 'news'),
  ...about('topic: topicsOf', WORKSPACES, topicsOf),
  'topic: topicsAfter': topicsAfter(1, 0, 100),
  ...about('topic: allTopicsOf', TENANTS, allTopicsOf),
  ...about('brand: brandOf', WORKSPACES, brandOf),
  'brand: brandOfTopic': brandOfTopic(1),
  'brand: brandByDigest': brandByDigest(1, KEY),
  'brand: brandFiles': brandFiles(1, KEY),
  'footer: footerFacts': footerFacts(1, 'news'),
  'footer: imprintOf': imprintOf(1),
  'footer: localesOf': localesOf(ID),
  'link-host: workspaceOfHost': workspaceOfHost('mail.example.com'),
  'notice: noticeOf': noticeOf(1, 'privacy', '1'),
  'notice: noticesOf': noticesOf(1),
  'api-key: keysEnding': keysEnding(NOW, NOW, NOW, 10_000),
  'api-key: apiKeyById': apiKeyById(KEY),
  'api-key: apiKeyUsed': apiKeyUsed(KEY, NOW, NOW),
  'api-key: apiKeysAfter': apiKeysAfter(1, KEY, 100),
  'api-key: ownApiKey': ownApiKey(1, KEY),
  'api-key: keyCountsOf': keyCountsOf(1, NOW),
  'api-key: keepApiKey': keepApiKey(made, ENTRY),
  'api-key: makeApiKey': makeApiKey({ ...made, allowedIps: null }, KEY, ENTRY),
  'api-key: replaceApiKey': replaceApiKey(replacement, ENTRY, ENTRY),
  'key-line: lineOf': lineOf(line, NOW),
  'key-line: revokeLine': revokeLine(lineAct),
  'key-line: limitLine': limitLine(lineAct, NOW),
  'key-line: revokeApiKey': revokeApiKey({ ...lineAct, by: KEY }, false),
  'key-line: revokeApiKey, its line kept': revokeApiKey({ ...lineAct, by: KEY }, true),
  'data-key: dataKeysOf': dataKeysOf(1),
  'data-key: oldestDataKey': oldestDataKey,
  'data-key: allDataKeys': allDataKeys,
  'data-key: keepDataKey': keepDataKey(dataKey, { kind: 'command', as: 'test' }),
  'data-key: rewrapDataKey': rewrapDataKey(dataKey, 'y'),
  'data-key: retireDataKey': retireDataKey(dataKey, NOW, { kind: 'command', as: 'test' }),
  'key-schedule: currentSchedule': currentSchedule,
  'key-schedule: keepSchedule': keepSchedule({ everyDays: 30, begunAt: NOW, keptAt: NOW }),
  'personal-data-read: countRead': countRead(reader, ENTRY),
  'personal-data-read: readsToldBefore': readsToldBefore(NOW, 100),
  'personal-data-read: tellReads': tellReads({ ...reader, untold: 1 }, ENTRY),
  'personal-data-read: forgetReaders': forgetReaders(NOW),
}
