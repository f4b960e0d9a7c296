import { wrapped } from '../../core/wrap.ts'
import { CHECKS, type Finding, type Result } from './finding.ts'

const MARKS: Record<Result, string> = { ok: 'ok', warn: 'warn', fail: 'FAIL', not_looked_at: '?' }
/** Columns before the text of a finding, and of the name of its check. */
const MARK = 6
const NAME = Math.max(...CHECKS.map(check => check.length)) + 2
/** Columns below which the name of a check has a line of its own. */
const NARROW = 60
const MOST = 100

/** Returns a finding as it is told in so many columns. `mark` may dress its first word. */
export function lines(
  { check, result, says, todo }: Finding,
  columns: number,
  mark: (text: string, result: Result) => string = text => text,
): string {
  const isNarrow = columns < NARROW
  const indent = isNarrow ? MARK : MARK + NAME
  const width = Math.min(columns, MOST) - indent
  const text = [
    ...wrapped(says, width),
    ...(todo === undefined
      ? []
      : wrapped(todo, width - 2).map((line, i) => `${i === 0 ? '→' : ' '} ${line}`)),
  ]
  const head = `${mark(MARKS[result], result)}${' '.repeat(MARK - MARKS[result].length)}`
  const [first, ...others] = isNarrow
    ? [check, ...text]
    : [`${check.padEnd(NAME)}${text[0]}`, ...text.slice(1)]
  return [`${head}${first}`, ...others.map(line => `${' '.repeat(indent)}${line}`)].join('\n')
}

/** Returns the end of a report in so many columns. */
export function summary(findings: readonly Finding[], columns: number): string {
  const of = (result: Result) => findings.filter(each => each.result === result).length
  const looked = [
    `${of('ok')} in order`,
    ...(of('warn') > 0 ? [`${of('warn')} to watch`] : []),
    ...(of('fail') > 0 ? [`${of('fail')} to mend`] : []),
  ]
  const unseen = of('not_looked_at')
  const told = unseen === 0 ? 'everything was looked at' : `${unseen} not looked at`
  return wrapped(`${looked.join(', ')}; ${told}`, columns).join('\n')
}

/** Returns the exit code of a report: 1 where something must be mended, 3 where something could not be looked at, else 0. */
export function exitCodeOf(findings: readonly Finding[]): number {
  if (findings.some(({ result }) => result === 'fail')) return 1
  return findings.some(({ result }) => result === 'not_looked_at') ? 3 : 0
}
