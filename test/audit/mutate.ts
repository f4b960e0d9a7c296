import ts from 'typescript'
import { faultsOfSql, HOLE } from './mutate-sql.ts'

/** A mutant that can be switched on. */
export interface Mutant {
  id: number
  file: string
  line: number
  what: string
  /** Replacement of the marked text in a database statement, in which an ellipsis stands for the original. */
  become?: string
}

/** A file with its mutants, all switched off. */
export interface Mutated {
  text: string
  mutants: Mutant[]
}

const SQL = /\b(?:SELECT|WHERE|AND|OR|ON CONFLICT|EXISTS)\b|= \?|IS NULL/
const DRIZZLE = /^(?:eq|ne|gt|gte|lt|lte|isNull|isNotNull|inArray|exists|notExists|and|or)$/
const JOINS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
])
const OTHER: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.PlusToken]: '-',
}

/**
 * Puts mutants into a file. One of the code is `(__m(id) ? wrong : right)`. One of a statement is a pair of comments in its
 * text, which the proxy before the database replaces, since processes of many kinds send statements.
 */
export function mutate(file: string, source: string, first: number): Mutated {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const mutants: Mutant[] = []
  const onWire = file.startsWith('db/')

  function mutant(node: ts.Node, what: string, become?: string): number {
    const id = first + mutants.length
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
    mutants.push({
      id,
      file,
      line: line + 1,
      what: what.replace(/\s+/g, ' ').slice(0, 400),
      ...(become && { become }),
    })
    return id
  }

  /** Returns the text of a node with the mutants inside it; `part` may be given as `written` already. */
  function inner(node: ts.Node, part?: ts.Node, written = ''): string {
    let text = ''
    let at = node.getStart()
    ts.forEachChild(node, child => {
      text += source.slice(at, child.getStart()) + (child === part ? written : emit(child))
      at = child.end
    })
    return text + source.slice(at, node.end)
  }

  // In db/ only statements are mutated, since the code around them is thin.
  const switched = (node: ts.Node, wrong: string[], what: string[], right: string): string =>
    wrong.length === 0 || onWire
      ? right
      : `(${wrong.map((text, i) => `globalThis.__m?.(${mutant(node, what[i]!)}) ? (${text}) : `).join('')}(${right}))`

  function emit(node: ts.Node): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node))
      return node.getText()
    if (isSql(node)) return emitSql(node)
    if (ts.isBinaryExpression(node)) return emitBinary(node)
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) return emitCondition(node)
    if (!onWire && ts.isExpressionStatement(node) && dropped(node)) {
      const what = `${node.getText()} → nothing`
      return `{ if (!globalThis.__m?.(${mutant(node, what)})) { ${inner(node)}\n} }`
    }
    if (ts.isCallExpression(node)) return emitCall(node)
    if (!onWire && ts.isArrayLiteralExpression(node) && isTopLevel(node) && node.elements.length > 1)
      return `[${node.elements.map(one => `...(globalThis.__m?.(${mutant(one, `without ${one.getText()}`)}) ? [] : ${ts.isSpreadElement(one) ? inner(one).slice(3) : `[${emit(one)}]`})`).join(', ')}]`
    if (ts.isNumericLiteral(node) && ts.isVariableDeclaration(node.parent) && isTopLevel(node))
      return switched(node, [`${node.text} + 1`], [`${node.parent.name.getText()} + 1`], node.getText())
    if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
      if (ts.isLiteralTypeNode(node.parent)) return node.getText()
      const other = node.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true'
      return switched(node, [other], [`${node.parent.getText()}: ${other}`], node.getText())
    }
    return inner(node)
  }

  function emitBinary(node: ts.BinaryExpression): string {
    const {
      left,
      right,
      operatorToken: { kind },
    } = node
    const [a, b] = [left.getText(), right.getText()]
    if (JOINS.has(kind))
      return switched(node, [b, a], [`${node.getText()} → ${b}`, `${node.getText()} → ${a}`], inner(node))
    if (kind === ts.SyntaxKind.QuestionQuestionToken)
      return switched(node, [a], [`${node.getText()} → ${a}`], inner(node))
    const other = OTHER[kind]
    const texts = [left, right].some(side => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side))
    if (other === undefined || (kind === ts.SyntaxKind.PlusToken && texts)) return inner(node)
    return switched(node, [`${a} ${other} ${b}`], [`${node.getText()} → ${other}`], inner(node))
  }

  function emitCondition(node: ts.IfStatement | ts.ConditionalExpression): string {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition
    // Comparisons and joins have mutants of their own.
    const compares =
      ts.isBinaryExpression(condition) &&
      (condition.operatorToken.kind in OTHER || JOINS.has(condition.operatorToken.kind))
    if (compares) return inner(node)
    const what = condition.getText()
    const wrong = switched(
      condition,
      ['true', 'false'],
      [`${what} → true`, `${what} → false`],
      emit(condition),
    )
    return inner(node, condition, wrong)
  }

  function emitCall(node: ts.CallExpression): string {
    const { expression: callee } = node
    if (onWire && ts.isIdentifier(callee) && (callee.text === 'and' || callee.text === 'or'))
      return `${callee.text}(${node.arguments.map(one => marked(one, callee.text === 'and')).join(', ')})`
    if (
      onWire &&
      ts.isPropertyAccessExpression(callee) &&
      /^(?:where|leftJoin|innerJoin)$/.test(callee.name.text)
    ) {
      const last = node.arguments.at(-1)!
      const name = ts.isCallExpression(last) && ts.isIdentifier(last.expression) ? last.expression.text : ''
      const args = node.arguments.map(one =>
        one === last && DRIZZLE.test(name) && !/^(?:and|or)$/.test(name) ? marked(one, true) : emit(one),
      )
      return `${emit(callee)}(${args.join(', ')})`
    }
    if (
      ts.isPropertyAccessExpression(callee) &&
      /^(?:filter|slice|subarray)$/.test(callee.name.text) &&
      !node.questionDotToken &&
      !callee.questionDotToken
    )
      return switched(
        node,
        [callee.expression.getText()],
        [`.${callee.name.text}(${node.arguments.map(one => one.getText()).join(', ')}) → nothing`],
        inner(node),
      )
    return inner(node)
  }

  /** Returns a condition built by Drizzle between its marks. */
  function marked(node: ts.Expression, anyway: boolean): string {
    const id = mutant(
      node,
      `${node.getText()} → ${anyway ? 'TRUE' : 'FALSE'}`,
      anyway ? '(… OR TRUE)' : '(… AND FALSE)',
    )
    return `__sql\`/*<${id}*/\${${emit(node)}}/*>${id}*/\``
  }

  type SqlNode = ts.StringLiteralLike | ts.TemplateExpression
  function isSql(node: ts.Node): node is SqlNode {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false
    return SQL.test(node.getText().slice(1, -1)) && faultsOfSql(flat(node)).length > 0
  }

  /** Returns the texts of a literal as written in the source, and the expressions between them. */
  function partsOf(node: SqlNode): { texts: string[]; holes: ts.Expression[] } {
    if (!ts.isTemplateExpression(node)) return { texts: [node.getText().slice(1, -1)], holes: [] }
    const texts = [node.head.getText().slice(1, -2)]
    for (const { literal } of node.templateSpans)
      texts.push(literal.getText().slice(1, ts.isTemplateTail(literal) ? -1 : -2))
    return { texts, holes: node.templateSpans.map(({ expression }) => expression) }
  }

  const flat = (node: SqlNode): string => partsOf(node).texts.join(HOLE)

  function emitSql(node: SqlNode): string {
    const { holes } = partsOf(node)
    const text = flat(node)
    const quote = ts.isStringLiteral(node) ? node.getText()[0]! : '`'
    const faults = faultsOfSql(text)
    /** Returns the literal with insertions at positions of its text. */
    const written = (at: (index: number) => string, from = 0, to = text.length, fill = emit): string => {
      let out = ''
      let hole = text.slice(0, from).split(HOLE).length - 1
      for (let i = from; i < to; i++) {
        out += at(i)
        out += text[i] === HOLE ? `\${${fill(holes[hole++]!)}}` : text[i]!
      }
      return out + at(to)
    }
    const plain = (from: number, to: number) =>
      written(
        () => '',
        from,
        to,
        one => one.getText(),
      )
    const what = faults.map(
      ({ start, end, become, term }) =>
        `${term ? `${plain(term.start, term.end)}: ` : ''}${plain(start, end)} → ${become}`,
    )
    if (!onWire) {
      const wrong = faults.map(
        ({ start, end, become }) =>
          quote +
          plain(0, start) +
          become.replace('…', () => plain(start, end)) +
          plain(end, text.length) +
          quote,
      )
      return switched(node, wrong, what, quote + written(() => '') + quote)
    }
    const ids = faults.map(({ become }, i) => mutant(node, what[i]!, become))
    const marks = (index: number) =>
      faults
        .map(({ end }, i) => (end === index ? `/*>${ids[i]}*/` : ''))
        .reverse()
        .join('') + faults.map(({ start }, i) => (start === index ? `/*<${ids[i]}*/` : '')).join('')
    return quote + written(marks) + quote
  }

  function isTopLevel(node: ts.Node): boolean {
    for (let up = node.parent; up; up = up.parent) {
      if (ts.isFunctionLike(up) || ts.isClassLike(up)) return false
      if (ts.isVariableStatement(up)) return up.parent === tree
    }
    return false
  }
  const text = inner(tree)
  return {
    text: text.includes('__sql`') ? `import { sql as __sql } from 'drizzle-orm'\n${text}` : text,
    mutants,
  }
}

/** Whether a statement can be left out: a call, or an assignment. */
function dropped({ expression }: ts.ExpressionStatement): boolean {
  const bare = ts.isAwaitExpression(expression) ? expression.expression : expression
  return ts.isCallExpression(bare)
    ? bare.expression.kind !== ts.SyntaxKind.SuperKeyword
    : ts.isBinaryExpression(bare)
}
