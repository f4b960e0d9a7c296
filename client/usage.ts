import { parseArgs } from 'node:util'
import type { Options } from './commands.ts'
import { Usage } from './error.ts'

/** What an option says; a flag has no value. */
interface Option {
  value?: string
  says: string
}

const OPTIONS = {
  topic: { value: 'NAME', says: 'the topic, by its name' },
  purpose: { value: 'KIND', says: 'marketing, or transactional for mail that is owed' },
  sha256: { says: 'lines are SHA-256 of addresses' },
  ref: { value: 'REF', says: 'your reference of the message, up to 8 characters' },
  scope: { value: 'SCOPE', says: 'topic, workspace or tenant' },
  reason: { value: 'REASON', says: 'why, where the list does not say it' },
  source: { value: 'SOURCE', says: 'whose word it is: recipient, sender, import or report' },
  since: { value: 'TIME', says: 'only from then on' },
  format: { value: 'FORMAT', says: 'csv or ndjson' },
  name: { value: 'NAME', says: 'the name under which an import goes on and can be undone' },
  charset: { value: 'CHARSET', says: 'of the list, where it is neither UTF-8 nor UTF-16' },
  'address-column': { value: 'COLUMN', says: 'the column of the address, by heading or place' },
  'reason-column': { value: 'COLUMN', says: 'the column that says why' },
  'time-column': { value: 'COLUMN', says: 'the column that says since when' },
  'date-order': { value: 'ORDER', says: 'day_first or month_first, for dates like 06/01/2025' },
  'dry-run': { says: 'says what it would do, and writes nothing' },
  yes: { says: 'does it without asking' },
  output: { value: 'FILE', says: 'writes to a file' },
  match: {
    value: 'FILE',
    says: 'says what is suppressed of each line of your own list; - is standard input',
  },
  basis: {
    value: 'BASIS',
    says: 'express, implied_purchase, implied_inquiry, soft_opt_in, contract or legitimate_interest',
  },
  notice: { value: 'NAME@VERSION', says: 'the notice that they were shown' },
  'source-url': { value: 'URL', says: 'the page on which they consented' },
  wording: { value: 'TEXT', says: 'what they agreed to, word for word' },
  column: { value: 'FIELD=HEADING', says: 'the column of a field; as often as needed' },
  follow: { says: 'goes on for ever' },
  state: { value: 'FILE', says: 'keeps its place there, and goes on from it' },
  types: { value: 'TYPES', says: 'only these, such as suppression.*,consent.confirmed' },
  after: { value: 'CURSOR', says: 'only what came after' },
  evidence: { says: 'with what was sealed about recipients' },
  jwks: { value: 'FILE', says: 'saved keys, to verify offline' },
  'dkim-keys': { value: 'FILE', says: 'a JSON file of key records by name' },
  'test-link': { says: 'says that the link was made for testing: it unsubscribes whoever it is for' },
} as const satisfies Record<string, Option>

type OptionName = keyof typeof OPTIONS

/** Options of every command. */
const COMMON: Record<string, Option> = {
  url: { value: 'URL', says: 'the address of Floe (FLOE_URL)' },
  json: { says: 'one JSON object a line, for programs' },
  help: { says: 'says this' },
}

interface Command {
  does: string
  /** What stands behind its name. */
  takes?: string
  options?: readonly OptionName[]
}

const COMMANDS = {
  topics: { does: 'lists the topics there are to name' },
  check: {
    does: 'says which recipients may be mailed',
    takes: '[file]',
    options: ['topic', 'purpose', 'sha256'],
  },
  links: { does: 'mints links and header fields', takes: '[file]', options: ['topic', 'ref'] },
  import: {
    does: 'suppresses a list of any size',
    takes: '[file]',
    options: [
      'scope',
      'topic',
      'reason',
      'format',
      'name',
      'address-column',
      'reason-column',
      'time-column',
      'date-order',
      'charset',
      'dry-run',
    ],
  },
  imports: { does: 'lists what was imported' },
  undo: { does: 'lifts what an import made, by its name', takes: '<name>', options: ['yes'] },
  export: {
    does: 'writes every suppression',
    takes: '[file]',
    options: [
      'format',
      'output',
      'scope',
      'topic',
      'reason',
      'source',
      'since',
      'match',
      'address-column',
      'charset',
    ],
  },
  consents: {
    does: 'records consents you hold, as providers export them',
    takes: '[file]',
    options: ['topic', 'basis', 'notice', 'source-url', 'wording', 'column', 'charset', 'format', 'dry-run'],
  },
  events: {
    does: 'writes what happened, a JSON object a line',
    options: ['follow', 'state', 'types', 'after', 'evidence'],
  },
  'api-keys': { does: 'lists your workspace’s keys that count, and which key made them' },
  verify: { does: 'verifies a consent receipt', takes: '[file]', options: ['jwks'] },
  lint: { does: 'looks a finished mail over, and fires nothing', takes: '[file]', options: ['dkim-keys'] },
  probe: {
    does: 'fires what mail programs fire at a one-click link of any system',
    takes: '<link>',
    options: ['test-link', 'yes'],
  },
} as const satisfies Record<string, Command>

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS

/** What was asked for: a command, or help with one or all. */
export interface Asked {
  command?: CommandName
  file: string | undefined
  options: Options
  help: boolean
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name)
const commandOf = (name: CommandName): Command => COMMANDS[name]

/** Returns what the arguments of a call ask for. Throws `Usage`, which names what is not right, and what may have been meant. */
export function asked(args: string[]): Asked {
  const all: Record<string, Option> = { ...OPTIONS, ...COMMON }
  const { tokens, values, positionals } = parseArgs({
    args,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        Object.entries(all).map(([name, { value }]) => [
          name,
          { type: value ? ('string' as const) : ('boolean' as const), multiple: name === 'column' },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  })
  const helps = positionals[0] === 'help'
  const [name, file, ...more] = helps ? positionals.slice(1) : positionals
  if (name !== undefined && !isCommand(name))
    throw new Usage(`There is no command ${name}.${meant(name, Object.keys(COMMANDS))}`)
  const known = {
    ...COMMON,
    ...Object.fromEntries(
      (name ? (commandOf(name).options ?? []) : Object.keys(OPTIONS)).map(option => [option, all[option]!]),
    ),
  }
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = known[token.name]
    if (!option && token.name in all) throw new Usage(`${name} takes no ${token.rawName}.`)
    if (!option)
      throw new Usage(
        `There is no option ${token.rawName}.${meant(
          token.rawName,
          Object.keys(known).map(one => `--${one}`),
        )}`,
      )
    // `--topic --json` names no topic `--json`: a value that begins so is written `--topic=--json`. One dash alone is standard input.
    const isOption = !token.inlineValue && /^-./.test(token.value ?? '')
    if (option.value && (token.value === undefined || isOption))
      throw new Usage(`${token.rawName} needs a value: ${option.value}.`)
    if (!option.value && token.value !== undefined) throw new Usage(`${token.rawName} takes no value.`)
  }
  if (more.length > 0) throw new Usage(`One file at a time: ${more.join(' ')} is too much.`)
  const { help = false, ...given } = values
  const options = {
    follow: false,
    evidence: false,
    sha256: false,
    json: false,
    ...given,
  } as unknown as Options
  return { ...(name !== undefined && { command: name }), file, options, help: helps || help === true }
}

/** Returns the name that was probably meant, as a sentence; nothing where none is near. */
function meant(name: string, names: readonly string[]): string {
  const [nearest] = names.map(one => [distance(name, one), one] as const).sort(([a], [b]) => a - b)
  return nearest && nearest[0] <= 2 ? ` Did you mean ${nearest[1]}?` : ''
}

/** Returns how many letters must be put in, taken out or replaced to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++)
      row[j] = Math.min(
        before[j]! + 1,
        row[j - 1]! + 1,
        before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
      )
    before = row
  }
  return before[other.length]!
}

/** Returns the help with a command. */
export function helpWith(name: CommandName): string {
  const { does, takes, options = [] } = commandOf(name)
  const lines: [string, string][] = [
    ...options.map((one): [string, Option] => [one, OPTIONS[one]]),
    ...Object.entries(COMMON),
  ].map(([one, { value, says }]) => [`--${one}${value ? ` ${value}` : ''}`, says])
  const width = Math.max(...lines.map(([option]) => option.length))
  return [
    `npx floe ${name}${takes ? ` ${takes}` : ''}`,
    `${does[0]!.toUpperCase()}${does.slice(1)}.`,
    '',
    ...lines.map(([option, says]) => `  ${option.padEnd(width)}  ${says}`),
  ].join('\n')
}

/** The help with all commands. */
export const HELP = [
  'npx floe <command> [options]',
  '',
  ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(9)} ${does}`),
  '  keys      rotates keys, for operators; npx floe keys --help',
  '',
  'npx floe help <command> says what it takes. Recipients come one a line from a file, or from standard input.',
  'The key comes from FLOE_API_KEY, the address of Floe from --url or FLOE_URL. Where neither is set and a',
  'demo runs in this folder, the address and the key are its.',
  '',
  'Ends with 0 when all is well; 1 when somebody may not be mailed, a line was not taken, a receipt is not',
  'genuine, or a mail or link is not as it should be; 2 for a call that makes no sense; 3 when Floe refused or',
  'could not be reached, and nothing is known; 130 when interrupted (an import goes on when called again).',
].join('\n')
