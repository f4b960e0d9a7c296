/** Faults that change nothing anybody could see, and why. */
export const EQUIVALENT: readonly { file: string; what: string; why: string }[] = [
  {
    file: 'worker/core/keys.ts',
    what: 'id === undefined || Number(id) > MAX_KEY_ID → Number(id) > MAX_KEY_ID',
    why: 'where there is no id there is no key either, which is refused',
  },
  { file: 'worker/core/keys.ts', what: '!index → true', why: 'an index that is derived again is the same' },
  {
    file: 'worker/core/keys.ts',
    what: 'this.#tenants.set(number, index) → nothing',
    why: 'an index that is derived again is the same',
  },
  {
    file: 'worker/core/cluster.ts',
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
]
