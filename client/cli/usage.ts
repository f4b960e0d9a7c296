import { parseArgs } from 'node:util'
import { wrapped } from '../../core/wrap.ts'
import { CHAPTERS, COMMANDS, type Command, type CommandName, commandOf } from './command-table.ts'
import { COMMON, OPTIONS, type Option, type Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { meant } from './words.ts'

/** What was asked for: a command, or help with one or all. */
export interface Asked {
  command?: CommandName
  file: string | undefined
  /** A second name, behind a call's own. */
  second: string | undefined
  options: Options
  help: boolean
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name)

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
  const second = name === 'call' ? more.shift() : undefined
  if (name !== undefined && !isCommand(name))
    throw new Usage(`There is no command ${name}.${meant(name, Object.keys(COMMANDS))}`)
  const known: Record<string, Option> = name ? Object.fromEntries(optionsOf(name)) : all
  const said = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (said.has(token.name) && token.name !== 'column') throw new Usage(`${token.rawName} is said twice.`)
    said.add(token.name)
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
  const flags = Object.fromEntries(
    Object.entries(all).flatMap(([one, { value }]) => (value || one === 'help' ? [] : [[one, false]])),
  )
  const options = { ...flags, ...given } as unknown as Options
  return { ...(name !== undefined && { command: name }), file, second, options, help: helps || help === true }
}

/** Returns the options of a command, its own first. */
export const optionsOf = (name: CommandName): [string, Option][] => [
  ...(commandOf(name).options ?? []).map((one): [string, Option] => [one, OPTIONS[one]]),
  ...Object.entries(COMMON),
]

const COLUMNS = 80

/** Returns the help with a command. */
export function helpWith(name: CommandName): string {
  const { does, takes } = commandOf(name)
  const lines = optionsOf(name).map(([one, { value, says }]) => [`--${one}${value ? ` ${value}` : ''}`, says])
  const width = Math.max(...lines.map(([option]) => option!.length))
  return [
    `floe ${name}${takes ? ` ${takes}` : ''}`,
    `${does[0]!.toUpperCase()}${does.slice(1)}.`,
    '',
    ...lines.flatMap(([option, says]) =>
      wrapped(says!, COLUMNS - width - 4).map(
        (line, i) => `  ${(i === 0 ? option! : '').padEnd(width)}  ${line}`,
      ),
    ),
  ].join('\n')
}

const commandLine = ([name, { does }]: [string, Command]): string => `  ${name.padEnd(11)} ${does}`

/** The help with all commands. */
export const HELP = [
  'floe <command> [options]',
  ...CHAPTERS.flatMap(([title, commands]) => ['', title, ...Object.entries(commands).map(commandLine)]),
  '',
  'floe help <command> says what it takes. Recipients come from a file or from',
  'standard input: one a line, a CSV with a header, or NDJSON. The key comes from',
  'FLOE_API_KEY and the address of Floe from --url or FLOE_URL, or both come from',
  'a profile. Where none is said and a demo runs in this folder, they are its.',
  '',
  'Ends with',
  '    0  all is well',
  '    1  somebody may not be mailed, a line was not taken, a receipt is not',
  '       genuine, or a mail or link is not as it should be',
  '    2  the call makes no sense; nothing was asked',
  '    3  Floe refused or could not be reached; nothing is known',
  '  130  interrupted; an import goes on when it is called again',
].join('\n')
