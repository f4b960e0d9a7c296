import type { Demo } from './demo.ts'

const { NO_COLOR } = process.env
const plain = !process.stdout.isTTY || Boolean(NO_COLOR)
/** Whether a line of a place and its note would wrap. */
const isNarrow = (process.stdout.columns ?? 80) < 80
const style = (code: number) => (text: string) => (plain ? text : `\x1b[${code}m${text}\x1b[0m`)
const bold = style(1)
const dim = style(2)
const blue = style(36)

/** Returns the text that a start prints at its end: all addresses, and commands to try first. */
export function summary(demo: Demo, consoleUrl: string, seconds: number): string {
  const body = JSON.stringify({ topic: demo.topics[0], addresses: [demo.address] })
  const places: [string, string, string][] = [
    ['service', demo.baseUrl, ''],
    ['docs', `${demo.baseUrl}/docs/`, 'guides, every call and problem'],
    ['console', consoleUrl, 'for operators; nobody can sign in yet'],
    ['inbox', demo.inboxUrl, 'every mail that is sent, kept here'],
    ['smtp', `${demo.smtp.host}:${demo.smtp.port}`, ''],
    ['primary', demo.database.primaryUrl, ''],
    ...demo.database.replicaUrls.map((url): [string, string, string] => ['replica', url, '']),
    ['metrics', `${demo.baseUrl}/metrics`, 'by the metricsToken of .local/demo.json'],
  ]
  return [
    '',
    `  ${bold('Floe is running')}  ${dim(`after ${seconds.toFixed(1)} s`)}`,
    '',
    ...places.flatMap(([name, url, note]) => {
      const line = `  ${dim(name.padEnd(9))}${blue(url)}`
      return isNarrow
        ? [line, ...(note ? [dim(`           ${note}`)] : [])]
        : [`${line}${note && dim(`  ${note}`)}`]
    }),
    '',
    `  ${bold('Ask whether Ada may be mailed')}`,
    `  curl -s ${demo.baseUrl}/v1/check -H 'Content-Type: application/json' \\`,
    `    -H 'Authorization: Bearer ${demo.apiKey}' \\`,
    `    -d '${body}'`,
    '',
    `  ${bold('Unsubscribe her, as a mail client does, then ask again')}`,
    `  curl -s -d 'List-Unsubscribe=One-Click' ${demo.unsubscribeUrl}`,
    '',
    `  ${bold('Her pages')}`,
    `  ${blue(demo.unsubscribeUrl)}`,
    `  ${blue(demo.preferencesUrl)}`,
    '',
    dim('  .local/demo.json holds all of this for scripts; npm run reset forgets it all.'),
    dim('  Ctrl-C stops everything.'),
    '',
  ].join('\n')
}

/** Prints one line about something that happened while running. */
export const say = (line: string): void => console.log(`  ${dim('·')} ${line}`)
