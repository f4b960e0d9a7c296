/** A mutant of a statement: the text from `start` to `end` is replaced. */
export interface SqlFault {
  start: number
  end: number
  /** The replacement, in which an ellipsis stands for the original text. */
  become: string
  /** The term that holds the comparison. */
  term?: { start: number; end: number }
}

/** Placeholder of a template's expressions. */
export const HOLE = '\uE000'

interface Item {
  start: number
  end: number
  text: string
  /** The items between parentheses, or between CASE and END. */
  within?: Item[]
}

/** Words that begin a condition, and words that end one. */
const ASKS = new Set(['WHERE', 'ON', 'WHEN', 'HAVING'])
const ENDS = new Set(
  'SELECT FROM JOIN LEFT CROSS INNER ORDER GROUP BY LIMIT UNION ALL RETURNING SET THEN ELSE VALUES INSERT UPDATE DELETE INTO DO CONFLICT NOTHING WITH DISTINCT MATERIALIZED RECURSIVE FRAGMENT , ;'.split(
    ' ',
  ),
)
const COMPARES = /^(?:[<>=]|<=|>=|<>|IS|IN|LIKE|EXISTS)$/
const OTHER_BOUNDARY: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
/** What may precede an operand. A placeholder after anything else is a part of the statement, not a value. */
const BEFORE_OPERAND =
  /^(?:[<>=+*/%|,;-]+|AND|OR|NOT|IN|IS|LIKE|BETWEEN|FROM|JOIN|INTO|UPDATE|AS|COLLATE|ON|WHERE|WHEN|THEN|ELSE|SELECT|SET|BY|LIMIT|HAVING|VALUES|RETURNING|DISTINCT|CASE|EXISTS|DO)$/

/**
 * Returns the mutants of a statement or a part of one: each term of a condition left out (true within AND, false within OR),
 * and each comparison with the other boundary.
 */
export function faultsOfSql(sql: string): SqlFault[] {
  const faults: SqlFault[] = []
  const { items } = itemsOf(tokensOf(sql), 0)
  faultsOf(items, true, sql, faults)
  return faults
}

function tokensOf(sql: string): Item[] {
  const tokens: Item[] = []
  for (const { 0: text, index } of sql.matchAll(/'(?:[^']|'')*'|[\w.?@:\uE000]+|<=|>=|<>|->>?|\|\||[^\s]/g))
    tokens.push({ start: index, end: index + text.length, text })
  return tokens
}

/** Groups the tokens between parentheses, or between CASE and END. */
function itemsOf(tokens: Item[], from: number, close?: string): { items: Item[]; next: number } {
  const items: Item[] = []
  let i = from
  while (i < tokens.length && tokens[i]!.text !== close) {
    const token = tokens[i]!
    const opens = token.text === '(' ? ')' : token.text === 'CASE' ? 'END' : undefined
    if (opens === undefined) {
      items.push(token)
      i++
      continue
    }
    const { items: within, next } = itemsOf(tokens, i + 1, opens)
    items.push({ ...token, end: tokens[next]?.end ?? token.end, within })
    i = next + 1
  }
  return { items, next: i }
}

function faultsOf(items: Item[], isCondition: boolean, sql: string, faults: SqlFault[]): void {
  let run: Item[] = []
  let asked = false
  let bounded = false
  const finish = () => {
    if (run.length > 0) faultsOfRun(run, asked, faults)
    run = []
  }
  for (const [i, item] of items.entries()) {
    const before = items[i - 1]
    const fragment =
      item.text === HOLE &&
      before !== undefined &&
      !BEFORE_OPERAND.test(before.text) &&
      sql[item.start - 1] === ' '
    if (ASKS.has(item.text) || ENDS.has(item.text) || fragment) {
      finish()
      bounded = true
      asked = ASKS.has(item.text)
    } else run.push(item)
    if (item.within) {
      const iif = before?.text === 'iif'
      faultsOf(item.within, iif, sql, faults)
    }
  }
  if (!bounded && isCondition && run.some(({ text }) => COMPARES.test(text))) asked = true
  finish()
}

/**
 * Adds the mutants of tokens between two words that end conditions, if they are a condition: after such a word, or with AND
 * or OR.
 */
function faultsOfRun(run: Item[], asked: boolean, faults: SqlFault[]): void {
  const terms: Item[][] = [[]]
  const joins: string[] = []
  let between = false
  for (const item of run) {
    if (item.text === 'BETWEEN') between = true
    const joining = item.text === 'OR' || (item.text === 'AND' && !between)
    if (item.text === 'AND') between = false
    if (!joining) terms.at(-1)!.push(item)
    else {
      joins.push(item.text)
      terms.push([])
    }
  }
  if (!asked && joins.length === 0) return
  for (const [i, term] of terms.entries()) {
    if (term.length === 0 || /^(?:TRUE|FALSE)$/.test(term[0]!.text)) continue
    const anyway = joins[i - 1] === 'AND' || joins[i] === 'AND' || (!joins[i - 1] && !joins[i])
    const [start, end] = [term[0]!.start, term.at(-1)!.end]
    faults.push({
      start,
      end,
      // The original text stays, so that the arguments still fit.
      become: anyway ? '(… OR TRUE)' : '(… AND FALSE)',
    })
    for (const { start: at, end: to, text } of term) {
      const other = OTHER_BOUNDARY[text]
      if (other) faults.push({ start: at, end: to, become: other, term: { start, end } })
    }
  }
}
