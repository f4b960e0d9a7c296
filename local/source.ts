import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { ROOT } from './folder.ts'

/** Every file of the repository, by its path from the root: tracked ones, and untracked ones that git does not ignore. */
export const FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter(path => path !== '' && existsSync(`${ROOT}/${path}`))
  .sort()

/** Returns the text of a file. */
export const textOf = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8')

/** Returns the TypeScript files under a folder. */
export const modulesIn = (folder: string): string[] =>
  FILES.filter(path => path.startsWith(`${folder}/`) && /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))

/** Returns a parsed module; of an Astro component, its frontmatter. */
export const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, codeOf(path), ts.ScriptTarget.Latest, true)

function codeOf(path: string): string {
  const text = textOf(path)
  return path.endsWith('.astro') ? (/^---\n([\s\S]*?)^---$/m.exec(text)?.[1] ?? '') : text
}

/** An import of a module: a path from the root for our own files, a package's name for others. */
export interface Import {
  from: string
  to: string
  /** Whether it imports only types, so that nothing of it is in the bundle. */
  typeOnly: boolean
  /** Names that are imported, as their module exports them. */
  names: string[]
}

/** Returns the imports and re-exports of a module, in any syntax. */
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
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
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
