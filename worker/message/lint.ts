import { hashOfAddress } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { equalBytes, fromBase64 } from '../../core/bytes.ts'
import { invalidField } from '../../core/fault.ts'
import { readToken } from '../../core/token.ts'
import { type ApiKeyRow, apiKeyById } from '../../db/api-key.ts'
import { imprintOf } from '../../db/footer.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { latin1Text } from './dkim.ts'
import { dnsFinder } from './dns.ts'
import { type Facts, factsOf } from './facts.ts'
import { findingsIn } from './findings.ts'
import type { Severity } from './rule.ts'

/**
 * Checks a finished message. Looks up the keys of its signatures, follows no link and stores nothing. Throws `key.invalid`,
 * `key.forbidden`, `request.invalid` where it is no message, `database.unavailable`.
 */
export async function lint(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.lintMessage>,
): Promise<AnswerOf<typeof api.lintMessageDoc>> {
  const [[key], imprint] = await deps.db.read<
    [ApiKeyRow[], { legalName: string | null; postalAddress: string | null }]
  >('fresh', [apiKeyById(claim.keyId), imprintOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, api.lintMessage.permission).keyId, key!.lastUsedAt)
  const read = await factsOf(charactersIn(input), finderOf(deps, input.dkimKeys), deps.clock())
  if (!read) throw invalidField(input.raw === undefined ? 'rawBase64' : 'raw', 'is not a message')
  const facts: Facts = { ...read, ...imprint, link: linkOf(deps, claim, read) }
  const findings = findingsIn(facts, input.regimes)
  const count = (severity: Severity) => findings.filter(one => one.severity === severity).length
  return {
    findings,
    counts: { error: count('error'), warning: count('warning'), note: count('note') },
    dkim: facts.signatures,
  }
}

function charactersIn({ raw, rawBase64 }: InputOf<typeof api.lintMessage>): string {
  try {
    const bytes = raw === undefined ? fromBase64(rawBase64!) : new TextEncoder().encode(raw)
    return latin1Text(bytes).replace(/\r?\n/g, '\r\n')
  } catch {
    throw invalidField('rawBase64', 'is not base64')
  }
}

function finderOf(deps: Deps, given: Record<string, string> | undefined) {
  const keys = new Map(
    Object.entries(given ?? {}).map(([name, text]) => [name.toLowerCase().replace(/\.$/, ''), text]),
  )
  const ask = dnsFinder(deps.dnsUrl)
  return async (name: string) => keys.get(name) ?? ask(name)
}

/** Returns whose the unsubscribe link is, without following it. */
function linkOf(deps: Deps, claim: ApiKeyClaims, { https, to }: Pick<Facts, 'https' | 'to'>): Facts['link'] {
  const [, token] = https[0]?.startsWith(`${deps.baseUrl}/u/`) ? https[0].split('/u/') : []
  if (token === undefined) return 'foreign'
  const said = readToken(deps.keyring, 'unsubscribe', token)
  if (!said) return 'not_verifying'
  const ids = to
    .flatMap(address => hashOfAddress(address) ?? [])
    .map(hash => deps.indexes.tenant(claim.tenant).id(hash))
  return ids.length === 0 || ids.some(id => equalBytes(id, said.addressId)) ? 'ours' : 'of_another'
}
