import { hashOfAddress } from '../../core/address.ts'
import { equalBytes, fromBase64 } from '../../core/bytes.ts'
import { invalidField } from '../../core/fault.ts'
import { readToken } from '../../core/token.ts'
import { imprintOf } from '../../db/footer.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import type { MessageDeps } from './deps.ts'
import { latin1Text } from './dkim.ts'
import { dnsFinder } from './dns.ts'
import { type Facts, factsOf } from './facts.ts'
import { findingsIn } from './findings.ts'
import type { Severity } from './rule.ts'

/**
 * Checks a finished message. Looks up the keys of its signatures, follows no link and stores nothing. Throws `key.invalid`,
 * `key.forbidden`, `request.invalid` where it is no message, `database.unavailable`.
 */
export const lint = verb(
  api.lintMessage,
  async (ctx: Linting, input): Promise<AnswerOf<typeof api.lintMessageDoc>> => {
    const [imprint] = await ctx.read([imprintOf(ctx.workspace)])
    const read = await factsOf(charactersIn(input), finderOf(ctx, input.dkimKeys), ctx.clock())
    if (!read) throw invalidField(input.raw === undefined ? 'rawBase64' : 'raw', 'is not a message')
    const facts: Facts = { ...read, ...imprint, link: linkOf(ctx, read) }
    const findings = findingsIn(facts, input.regimes)
    const count = (severity: Severity) => findings.filter(one => one.severity === severity).length
    return {
      findings,
      counts: { error: count('error'), warning: count('warning'), note: count('note') },
      dkim: facts.signatures,
    }
  },
)

type Linting = CallContext<MessageDeps>

function charactersIn({ raw, rawBase64 }: InputOf<typeof api.lintMessage>): string {
  try {
    const bytes = raw === undefined ? fromBase64(rawBase64!) : new TextEncoder().encode(raw)
    return latin1Text(bytes).replace(/\r?\n/g, '\r\n')
  } catch {
    throw invalidField('rawBase64', 'is not base64')
  }
}

function finderOf(ctx: Linting, given: Record<string, string> | undefined) {
  const keys = new Map(
    Object.entries(given ?? {}).map(([name, text]) => [name.toLowerCase().replace(/\.$/, ''), text]),
  )
  const ask = dnsFinder(ctx.dnsUrl)
  return async (name: string) => keys.get(name) ?? ask(name)
}

/** Returns whose the unsubscribe link is, without following it. */
function linkOf(ctx: Linting, { https, to }: Pick<Facts, 'https' | 'to'>): Facts['link'] {
  const [, token] = https[0]?.startsWith(`${ctx.baseUrl}/u/`) ? https[0].split('/u/') : []
  if (token === undefined) return 'foreign'
  const said = readToken(ctx.keyring, 'unsubscribe', token)
  if (!said) return 'not_verifying'
  const ids = to
    .flatMap(address => hashOfAddress(address) ?? [])
    .map(hash => ctx.indexes.tenant(ctx.tenant).id(hash))
  return ids.length === 0 || ids.some(id => equalBytes(id, said.addressId)) ? 'ours' : 'of_another'
}
