/** Mutants that behave like the original, with the reason. */
export const EQUIVALENT: readonly { file: string; what: string; why: string }[] = [
  {
    file: 'core/keys.ts',
    what: 'id === undefined || Number(id) > MAX_KEY_ID → Number(id) > MAX_KEY_ID',
    why: 'where there is no id there is no key either, which is refused',
  },
  { file: 'core/keys.ts', what: '!index → true', why: 'an index that is derived again is the same' },
  {
    file: 'core/keys.ts',
    what: 'this.#tenants.set(number, index) → nothing',
    why: 'an index that is derived again is the same',
  },
  {
    file: 'core/cluster.ts',
    what: '.slice(0, 4) → nothing',
    why: 'a longer text is decoded for longer, and begins the same',
  },
  {
    file: 'worker/suppression/decision.ts',
    what: 'suppressions ?? [] → suppressions',
    why: 'what has none was answered by the first check',
  },
  {
    file: 'worker/suppression/decision.ts',
    what: 'REASONS[suppression.reason] < REASONS[found.reason] → <=',
    why: 'of two rows of one reason in one scope, either may be told',
  },
  {
    file: 'db/event-list.ts',
    what: 'e.tenant = ?1 → (… OR TRUE)',
    why: 'the workspace is one of the tenant; the term is there for the index',
  },
  {
    file: 'db/event-list.ts',
    what: 'seq > ?2: > → >=',
    why: 'the place itself is looked at once more and told to nobody',
  },
  {
    file: 'db/event-list.ts',
    what: '?7 → (… OR TRUE)',
    why: 'evidence that was not asked for is not shown either; the term spares the look-up',
  },
  {
    file: 'db/event-list.ts',
    what: 'e.sealed IS NOT NULL → (… OR TRUE)',
    why: 'a key without evidence opens nothing; the term spares the look-up',
  },
  {
    file: 'db/recipient-key.ts',
    what: 'address_id = ?1 → (… OR TRUE)',
    why: 'of keepKey: no two recipients have a key that is wrapped the same',
  },
  {
    file: 'db/api-key.ts',
    what: 'workspace = ? → (… OR TRUE)',
    why: 'the event is there only where the statement before met the key in its workspace',
  },
  {
    file: 'worker/lane/log-state.ts',
    what: '(high & 0xffff) * 2 ** 32 + low → -',
    why: 'another random number',
  },
  {
    file: 'worker/lane/log-state.ts',
    what: 'before ?? mark.index → before',
    why: 'no number is less than undefined, and none than itself',
  },
  {
    file: 'core/cursor.ts',
    what: 'sealed && ring.decrypt(tenant, CONTEXT, sealed).then(Number, () => undefined) → ring.decrypt(tenant, CONTEXT, sealed).then(Number, () => undefined)',
    why: 'nothing does not decrypt either',
  },
  {
    file: 'core/trace.ts',
    what: 'given !== null && UUID.test(given) → UUID.test(given)',
    why: 'the text of null is no UUID',
  },
  {
    file: 'core/token.ts',
    what: 'i < count → <=',
    why: 'what is written behind the end of bytes is written nowhere',
  },
]
