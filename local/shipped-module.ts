import { posix } from 'node:path'
import ts from 'typescript'

const BUILDER = /(^|\/)engine\/builder\.ts$/
const DRIZZLE = /^drizzle-orm(\/|$)/
/** Functions that take a table's plain data. */
const READERS = new Set(['fieldsOf', 'columnOf'])
/** Functions whose calls the build evaluates. */
const EVALUATED = new Set(['sqliteTable', 'prepared', 'ordinary'])

/** Whether a module, by its path, exports a table under a name. */
export type IsTable = (path: string, name: string) => boolean

/** Reads modules of db/, by their paths from the root. */
export function shippedModules(texts: ReadonlyMap<string, string>): Map<string, ShippedModule> {
  const program = bound(texts)
  const checker = program.getTypeChecker()
  return new Map(
    [...texts.keys()].map(path => [path, new ShippedModule(program.getSourceFile(path)!, checker)]),
  )
}

/** A table or a built select at the top of a module, which the build evaluates. */
interface Made {
  call: ts.CallExpression
  by: string
}

/** A module of db/, and what the build makes of it. */
export class ShippedModule {
  readonly #source: ts.SourceFile
  readonly #checker: ts.TypeChecker
  readonly #imports: ReadonlyMap<ts.Symbol, Imported>
  readonly #uses: readonly Use[]
  readonly #made: readonly Made[]
  readonly #tables: ReadonlySet<ts.Symbol>

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.#source = source
    this.#checker = checker
    this.#imports = importsIn(source, checker)
    this.#uses = usesIn(source, checker)
    this.#made = this.#madeIn(source)
    const names = this.#made.flatMap(({ call, by }) => (by === 'sqliteTable' ? this.#nameOf(call) : []))
    this.#tables = new Set(names.map(name => checker.getSymbolAtLocation(name)!))
  }

  /** Names of its tables. */
  get tables(): string[] {
    return [...this.#tables].map(({ name }) => name)
  }

  /** Its text with each table and each built select handed to `__keep` as it is made, under the module's path and its place there. */
  get kept(): string {
    return edited(
      this.#source.text,
      this.#made.flatMap(({ call, by }, i) => {
        const { pos: from, end: to } =
          by === 'sqliteTable' ? { pos: call.getStart(), end: call.end } : call.arguments
        return [
          { from, to: from, text: `__keep(${JSON.stringify(this.#source.fileName)}, ${i}, ` },
          { from: to, to, text: ')' },
        ]
      }),
    )
  }

  /**
   * Returns its text with plain data in place of what was made, in that order, and without what only that used. Throws where
   * something of drizzle stays, or where a table is asked for more than its plain data.
   */
  shipped(data: readonly unknown[], isTable: IsTable): string {
    const removed = this.#removed()
    const left = this.#uses.filter(({ node }) => !isIn(removed, node))
    for (const { node, symbol } of left) {
      const origin = this.#imports.get(symbol)
      if (origin?.fromDrizzle)
        this.#refuse(node, `uses ${node.getText()} of drizzle where the build cannot evaluate it: write SQL`)
      const isOfTable = this.#tables.has(symbol) || (origin && isTable(origin.path, origin.name))
      if (isOfTable && !isRead(node))
        this.#refuse(node, `uses the table ${node.getText()} otherwise than in fieldsOf or columnOf`)
    }
    const statements = removed.filter(ts.isVariableStatement)
    const edits = statements.map(node => ({ from: node.getFullStart(), to: node.end, text: '' }))
    this.#made.forEach(({ call, by }, i) => {
      if (isIn(statements, call)) return
      const plain = JSON.stringify(data[i])
      const select = `/* @__PURE__ */ __preparedFrom(${plain})${by === 'ordinary' ? '({})' : ''}`
      edits.push({ from: call.getStart(), to: call.end, text: by === 'sqliteTable' ? plain : select })
    })
    edits.push(...this.#unimported(new Set(left.map(({ symbol }) => symbol))))
    return this.#importOfPrepared() + edited(this.#source.text, edits)
  }

  /** Returns the calls that are evaluated, then the statements that only those used, and those that only these used. */
  #removed(): ts.Node[] {
    const removed: ts.Node[] = this.#made.map(({ call }) => call)
    const statements = this.#source.statements.filter(ts.isVariableStatement).filter(one => !isExported(one))
    for (let before = -1; before !== removed.length; ) {
      before = removed.length
      for (const statement of statements.filter(one => !isIn(removed, one))) {
        const symbols = new Set(namesIn(statement).map(name => this.#checker.getSymbolAtLocation(name)!))
        const uses = this.#uses.filter(({ symbol }) => symbols.has(symbol))
        if (uses.length > 0 && uses.every(({ node }) => isIn(removed, node))) removed.push(statement)
      }
    }
    return removed
  }

  /** Returns the edits that leave only these names of the imports. */
  #unimported(used: ReadonlySet<ts.Symbol>): Edit[] {
    return this.#source.statements.filter(ts.isImportDeclaration).flatMap(node => {
      const names = specifiersIn(node)
      const left = names.filter(({ name }) => used.has(this.#checker.getSymbolAtLocation(name)!))
      if (left.length === names.length) return []
      const list = left.map(one => one.getText()).join(', ')
      const text = list && `import { ${list} } from ${node.moduleSpecifier.getText()}`
      return { from: node.getStart(), to: node.end, text }
    })
  }

  #importOfPrepared(): string {
    if (this.#made.every(({ by }) => by === 'sqliteTable')) return ''
    const { from } = [...this.#imports.values()].find(origin => BUILDER.test(origin.from))!
    const path = from.replace(BUILDER, '$1engine/prepared.ts')
    return `import { preparedFrom as __preparedFrom } from ${JSON.stringify(path)}\n`
  }

  #madeIn(node: ts.Node): Made[] {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return []
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const callee = this.#imports.get(this.#checker.getSymbolAtLocation(node.expression)!)
      if (callee?.fromDrizzle && EVALUATED.has(callee.name)) return [{ call: node, by: callee.name }]
    }
    const found: Made[] = []
    ts.forEachChild(node, child => void found.push(...this.#madeIn(child)))
    return found
  }

  /** Returns the name of the table that a call makes. */
  #nameOf(call: ts.CallExpression): ts.Identifier {
    const { parent } = call
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name
    return this.#refuse(call, 'makes a table without a name of its own')
  }

  #refuse(node: ts.Node, what: string): never {
    const { line } = this.#source.getLineAndCharacterOfPosition(node.getStart())
    throw new Error(`${this.#source.fileName}:${line + 1} ${what}`)
  }
}

/** Whether a node lies in one of these. */
const isIn = (nodes: readonly ts.Node[], node: ts.Node): boolean =>
  nodes.some(({ pos, end }) => node.pos >= pos && node.end <= end)

/** An imported name: how its module is named there and, where it is one of ours, by its path from the root; its name in it. */
interface Imported {
  from: string
  path: string
  name: string
  fromDrizzle: boolean
}

function importsIn(source: ts.SourceFile, checker: ts.TypeChecker): Map<ts.Symbol, Imported> {
  const found = new Map<ts.Symbol, Imported>()
  for (const node of source.statements.filter(ts.isImportDeclaration)) {
    const { text: from } = node.moduleSpecifier as ts.StringLiteral
    const path = from.startsWith('.') ? posix.join(posix.dirname(source.fileName), from) : from
    const fromDrizzle = DRIZZLE.test(from) || BUILDER.test(from)
    for (const { name, propertyName } of specifiersIn(node))
      found.set(checker.getSymbolAtLocation(name)!, {
        from,
        path,
        name: (propertyName ?? name).text,
        fromDrizzle,
      })
  }
  return found
}

/** Returns the names that an import brings in at run time. */
function specifiersIn({ importClause }: ts.ImportDeclaration): ts.ImportSpecifier[] {
  const bindings = importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings) || importClause.phaseModifier) return []
  return bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly)
}

/** A name where its value is used. */
interface Use {
  node: ts.Identifier
  symbol: ts.Symbol
}

function usesIn(source: ts.SourceFile, checker: ts.TypeChecker): Use[] {
  const found: Use[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return
    if (ts.isImportDeclaration(node)) return
    if (ts.isIdentifier(node) && !isNameOnly(node)) {
      const { parent } = node
      const symbol = ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : ts.isExportSpecifier(parent)
          ? checker.getExportSpecifierLocalTargetSymbol(parent)
          : checker.getSymbolAtLocation(node)
      if (symbol) found.push({ node, symbol })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Whether an identifier declares a name or names a property, so that it uses no value. */
function isNameOnly(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportSpecifier(parent)) return false
  return (
    (parent as ts.NamedDeclaration).name === node ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  )
}

/** Whether a table is the argument of a function that takes its plain data, or is exported. */
const isRead = ({ parent }: ts.Node): boolean =>
  ts.isExportSpecifier(parent) || (ts.isCallExpression(parent) && READERS.has(parent.expression.getText()))

const isExported = (statement: ts.VariableStatement): boolean =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false

function namesIn(statement: ts.VariableStatement): ts.Identifier[] {
  const named = (name: ts.BindingName): ts.Identifier[] =>
    ts.isIdentifier(name)
      ? [name]
      : name.elements.flatMap(one => (ts.isOmittedExpression(one) ? [] : named(one.name)))
  return statement.declarationList.declarations.flatMap(({ name }) => named(name))
}

interface Edit {
  from: number
  to: number
  text: string
}

/** Returns a text with parts of it replaced. */
const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, edit) => done.slice(0, edit.from) + edit.text + done.slice(edit.to), text)

/** Parses modules and binds the names in each, without their types and without looking from one into another. */
function bound(texts: ReadonlyMap<string, string>): ts.Program {
  const host: ts.CompilerHost = {
    getSourceFile: name => ts.createSourceFile(name, texts.get(name) ?? '', ts.ScriptTarget.Latest, true),
    getDefaultLibFileName: () => '',
    getCurrentDirectory: () => '',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: name => texts.has(name),
    readFile: () => undefined,
    writeFile: () => undefined,
  }
  return ts.createProgram([...texts.keys()], { noLib: true, noResolve: true, types: [] }, host)
}
