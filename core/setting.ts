import { strayNames, type WorkerName } from './holdings.ts'

/** A Worker's bindings as the platform hands them over. */
export type Given = Readonly<Record<string, unknown>>

/** Notes the rule that a binding breaks, and never its value, which may be a secret. */
export type Refuse = (name: string, rule: string) => void

/** A setting: the bindings it is read from, and how. Where a fault was noted, its value counts for nothing. */
export interface Setting<Value> {
  names: readonly string[]
  read(given: Given, refuse: Refuse): Value | undefined
}

/** Settings by the names that code has for them. */
export type Settings = Readonly<Record<string, Setting<unknown>>>

/** What reading these settings gives. */
export type ValuesOf<Chosen extends Settings> = {
  [Name in keyof Chosen]: Chosen[Name] extends Setting<infer Value> ? Value : never
}

/** Reads one binding, which is undefined where it is not set. */
export type Read<Value> = (given: unknown, refuse: (rule: string) => void) => Value | undefined

/** A rule for a text, and whether a text keeps it. */
export type Rule = readonly [rule: string, isKept: (text: string) => boolean]

/** Declares a setting of one binding. */
export const setting = <Value>(name: string, read: Read<Value>): Setting<Value> => ({
  names: [name],
  read: (given, refuse) => read(given[name], rule => refuse(name, rule)),
})

/** Reads a text and notes each rule that it breaks. */
export const text =
  (...rules: Rule[]): Read<string> =>
  (given, refuse) => {
    if (typeof given !== 'string') {
      refuse(given === undefined ? 'is missing' : 'must be text')
      return undefined
    }
    for (const [rule, isKept] of rules) if (!isKept(given)) refuse(rule)
    return given
  }

/** Reads a text by a parser, which returns undefined for what breaks the rule. */
export const parsed =
  <Value>(rule: string, parse: (text: string) => Value | undefined): Read<Value> =>
  (given, refuse) => {
    const written = text()(given, refuse)
    if (written === undefined) return undefined
    const value = parse(written)
    if (value === undefined) refuse(rule)
    return value
  }

/** Reads `true` or `false`. */
export const yesOrNo: Read<boolean> = (given, refuse) => {
  if (given !== 'true' && given !== 'false') refuse('must be true or false')
  return given === 'true'
}

/** Reads what need not be set. */
export const optional =
  <Value>(read: Read<Value>): Read<Value | undefined> =>
  (given, refuse) =>
    given === undefined ? undefined : read(given, refuse)

/** Reads what has a usual text. */
export const usually =
  <Value>(usual: string, read: Read<Value>): Read<Value> =>
  (given = usual, refuse) =>
    read(given, refuse)

/** Declares a setting that is made of others' values, once none of them is at fault. */
export const combined = <Parts extends Settings, Value>(
  parts: Parts,
  make: (values: ValuesOf<Parts>, refuse: Refuse) => Value | undefined,
): Setting<Value> => ({
  names: Object.values(parts).flatMap(({ names }) => names),
  read(given, refuse) {
    let isFaulty = false
    const values = Object.entries(parts).map(([name, { read }]) => [
      name,
      read(given, (binding, rule) => {
        isFaulty = true
        refuse(binding, rule)
      }),
    ])
    return isFaulty ? undefined : make(Object.fromEntries(values) as ValuesOf<Parts>, refuse)
  },
})

/** A rule that a binding breaks. */
export interface SettingFault {
  name: string
  rule: string
}

/** Reads settings from bindings. Returns their values where none is at fault, and each fault once. */
export function readEach<Chosen extends Settings>(
  chosen: Chosen,
  given: Given,
): { values: ValuesOf<Chosen> | undefined; faults: SettingFault[] } {
  // Two settings may be made of one binding, whose fault is told once.
  const faults = new Map<string, SettingFault>()
  const values = combined(chosen, all => all).read(given, (name, rule) =>
    faults.set(`${name} ${rule}`, { name, rule }),
  )
  return { values, faults: [...faults.values()] }
}

/**
 * Reads a Worker's settings. Throws one error with the name of each that is missing or wrong, and of each binding that only other
 * Workers may hold; it has no value in it, since one may be a secret.
 */
export function readSettings<Chosen extends Settings>(
  worker: WorkerName,
  chosen: Chosen,
  bindings: object,
): ValuesOf<Chosen> {
  const given = bindings as Given
  const stray = strayNames(worker, given)
  const { values, faults } = readEach(chosen, given)
  const told = [
    ...(stray.length > 0 ? [`${worker} must not hold ${stray.join(', ')}`] : []),
    ...faults.map(({ name, rule }) => `${name} ${rule}`),
  ]
  if (!values || told.length > 0) throw new Error(`The configuration is not usable: ${told.join('; ')}`)
  return values
}
