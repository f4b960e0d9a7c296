import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'

const ROOT = new URL('../../', import.meta.url).pathname

/** Every file of the repository, by its path from the root: what git has, and what it would take. */
export const FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter(path => path !== '' && existsSync(`${ROOT}${path}`))
  .sort()

/** Returns the text of a file. */
export const textOf = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8')

/** Returns the TypeScript files under a folder. */
export const modulesIn = (folder: string): string[] =>
  FILES.filter(path => path.startsWith(`${folder}/`) && path.endsWith('.ts') && !path.endsWith('.d.ts'))

/** Returns a parsed module. */
export const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true)

/** One thing a module imports: a path from the root for our own, a package's name for others. */
export interface Import {
  from: string
  to: string
  /** Whether nothing but types is imported, so that nothing of it is in the bundle. */
  typeOnly: boolean
  /** What is imported, as it is called where it comes from. */
  names: string[]
}

/** Returns what a module imports or passes on, by whatever syntax. */
export function importsOf(path: string): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean, names: string[] = []) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const { text } = specifier
    const to = text.startsWith('.') ? posix.join(posix.dirname(path), text) : text
    found.push({ from: path, to, typeOnly, names })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node), namesIn(node))
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(parsed(path))
  return found
}

function namesIn({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const bindings = importClause.namedBindings
  if (importClause.name || !bindings || !ts.isNamedImports(bindings)) return false
  return bindings.elements.every(element => element.isTypeOnly)
}

/** Returns a module and everything that runs because of it. */
export function reachableFrom(entry: string): string[] {
  const seen = new Set([entry])
  for (const path of seen)
    for (const { to, typeOnly } of importsOf(path)) if (!typeOnly && FILES.includes(to)) seen.add(to)
  return [...seen].sort()
}

/** Returns the package that a specifier names, without the path inside it. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
