import type { OptionName } from './options.ts'

/** What a command does, as its help says it. */
export interface Command {
  does: string
  /** What stands behind its name. */
  takes?: string
  options?: readonly OptionName[]
}

/** How a list of recipients is read. */
const LIST = ['format', 'charset', 'address-column'] as const

const SENDING = {
  topics: { does: 'lists the topics of your workspace' },
  check: {
    does: 'says which recipients may be mailed',
    takes: '[file]',
    options: ['topic', 'purpose', ...LIST],
  },
  links: {
    does: 'mints unsubscribe links and header fields',
    takes: '[file]',
    options: ['topic', 'ref', ...LIST],
  },
  lint: { does: 'looks a finished mail over, and fires nothing', takes: '[file]', options: ['dkim-keys'] },
  probe: {
    does: 'fires what mail programs fire at a one-click link',
    takes: '<link>',
    options: ['test-link', 'yes'],
  },
} as const satisfies Record<string, Command>

const SUPPRESSIONS = {
  find: { does: 'says why recipients are not mailed', takes: '[file]', options: LIST },
  suppress: {
    does: 'suppresses recipients, manually',
    takes: '[file]',
    options: ['topic', 'scope', 'reason', 'until', ...LIST],
  },
  lift: { does: 'lifts a suppression of your own, by its id', takes: '<id>' },
  import: {
    does: 'suppresses a list of any size',
    takes: '[file]',
    options: [
      'scope',
      'topic',
      'reason',
      'name',
      'reason-column',
      'time-column',
      'date-order',
      'dry-run',
      ...LIST,
    ],
  },
  imports: { does: 'lists what was imported' },
  undo: { does: 'lifts what an import made, by its name', takes: '<name>', options: ['yes'] },
  export: {
    does: 'writes every suppression, or what is suppressed of a list',
    takes: '[file]',
    options: ['output', 'scope', 'topic', 'reason', 'source', 'since', 'match', ...LIST],
  },
} as const satisfies Record<string, Command>

const CONSENT = {
  subscribe: {
    does: 'asks recipients by mail to confirm a subscription',
    takes: '[file]',
    options: ['topic', 'source-url', 'notice', 'wording', 'locale', 'basis', ...LIST],
  },
  consents: {
    does: 'records consents you hold, as providers export them',
    takes: '[file]',
    options: ['topic', 'basis', 'notice', 'source-url', 'wording', 'column', 'charset', 'format', 'dry-run'],
  },
  withdraw: {
    does: 'passes on that recipients leave a topic, or all',
    takes: '[file]',
    options: ['topic', ...LIST],
  },
  prove: {
    does: 'shows one recipient’s consent, its history and receipt',
    takes: '[file]',
    options: ['topic', 'output', ...LIST],
  },
  verify: { does: 'verifies a consent receipt', takes: '[file]', options: ['jwks'] },
  rights: { does: 'lists what recipients demand about their data' },
} as const satisfies Record<string, Command>

const WORKSPACE = {
  events: {
    does: 'writes what happened, a JSON object a line',
    options: ['follow', 'state', 'types', 'after', 'evidence'],
  },
  stats: { does: 'counts what happened, by day', options: ['from', 'to', 'topic', 'types'] },
  report: { does: 'hands on a bounce or complaint that came by mail', takes: '[file]' },
  webhooks: { does: 'lists your webhook endpoints' },
  keys: { does: 'lists the valid API keys, and which key made them' },
  call: {
    does: 'makes any call of the reference; without a name lists them',
    takes: '[name] [file]',
  },
} as const satisfies Record<string, Command>

const SETTINGS = {
  login: { does: 'keeps an address and an API key as a profile', takes: '[name]' },
  logout: { does: 'removes a profile', takes: '<name>' },
  profiles: { does: 'lists the profiles' },
  completion: { does: 'prints what a shell needs: bash, zsh or fish', takes: '<shell>' },
} as const satisfies Record<string, Command>

/** The commands, as the help lists them. */
export const CHAPTERS: readonly [title: string, commands: Record<string, Command>][] = [
  ['Before you send', SENDING],
  ['Suppressions', SUPPRESSIONS],
  ['Consent', CONSENT],
  ['Workspace', WORKSPACE],
  ['Settings', SETTINGS],
]

/** Every command. */
export const COMMANDS = { ...SENDING, ...SUPPRESSIONS, ...CONSENT, ...WORKSPACE, ...SETTINGS }

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS

/** Returns what a command does. */
export const commandOf = (name: CommandName): Command => COMMANDS[name]
