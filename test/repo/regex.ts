import { checkSync } from 'recheck'
import ts from 'typescript'
import { FILES, parsed } from '../support/source.ts'

/** A regular expression of the code. */
export interface Pattern {
  source: string
  flags: string
}

/** Patterns that are not linear and may stay, each with its reason. */
const EXCEPTIONS: Record<string, string> = {}

/** Whatever runs where a stranger's text may come by, or an operator's. */
export const MODULES = FILES.filter(
  path => /^(core|worker|db|ops|client|site)\/.*\.(m?ts|tsx)$/.test(path) && !path.endsWith('.d.ts'),
)

/** Returns the patterns of a module. What is put together from more than texts that stand beside it cannot be judged, and is an error. */
export function patternsIn(source: ts.SourceFile): Pattern[] {
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, pattern = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? []
      found.push({ source: pattern, flags })
    }
    if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText(source) === 'RegExp'
    ) {
      const [pattern, flags] = (node.arguments ?? []).map(part => constantOf(source, part))
      found.push({ source: pattern!, flags: flags ?? '' })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Returns the text of an expression that is made of texts and of constants of its module. */
function constantOf(source: ts.SourceFile, node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return (
      node.head.text +
      node.templateSpans.map(span => constantOf(source, span.expression) + span.literal.text).join('')
    )
  if (ts.isIdentifier(node)) {
    const [constant] = source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .filter(({ name }) => name.getText(source) === node.text)
    if (constant?.initializer) return constantOf(source, constant.initializer)
  }
  throw new Error(`a pattern is put together as it runs, from ${node.getText(source)}`)
}

const verdicts = new Map<string, string>()

/** Says how the time of a pattern grows with the text: `linear`, or worse. */
export function growthOf({ source, flags }: Pattern): string {
  // Without a repetition that has no end, each place of a text is looked at for no longer than the pattern is.
  if (!/[*+]|\{\d+,\}/.test(source)) return 'linear'
  const name = `/${source}/${flags}`
  const known = verdicts.get(name)
  if (known !== undefined) return known
  process.env['RECHECK_SYNC_BACKEND'] = 'pure'
  // The same verdict on a slow machine as on a fast one: a seed, and limits of work instead of time. A linear pattern reads a text of
  // 300,000 characters, the longest that is tried, far fewer times than this.
  const limits = { timeout: null, attackTimeout: null, incubationTimeout: null, attackLimit: 100_000_000 }
  const found = checkSync(source, flags, { randomSeed: 1, ...limits })
  const verdict =
    found.status === 'safe' ? 'linear' : found.status === 'vulnerable' ? found.complexity.summary : 'unknown'
  verdicts.set(name, verdict)
  return verdict
}

/** Returns the patterns of a module that take longer than in proportion to the text. */
export const worseIn = (path: string) =>
  patternsIn(parsed(path))
    .map(pattern => ({ name: `/${pattern.source}/${pattern.flags}`, growth: growthOf(pattern) }))
    .filter(({ name, growth }) => growth !== 'linear' && EXCEPTIONS[name] === undefined)
