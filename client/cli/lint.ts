import { readFileSync } from 'node:fs'
import type { Floe } from '../client.ts'
import type { Finding } from '../message.ts'
import { wholeOf } from './input.ts'
import type { Options } from './options.ts'
import { dim, green, red, yellow } from './style.ts'
import { Usage } from './usage-error.ts'

const MARKS: Record<Finding['severity'], (text: string) => string> = {
  error: red,
  warning: yellow,
  note: dim,
}

/** Checks a finished mail and prints its findings. Returns 1 when one is an error. */
export async function lintMail(
  client: Floe,
  file: string | undefined,
  { json, 'dkim-keys': keyFile }: Options,
): Promise<number> {
  const rawBase64 = (await wholeOf(file, 'a mail')).toString('base64')
  const more = keyFile === undefined ? {} : { dkimKeys: keysOf(keyFile) }
  const linted = await client.lint({ rawBase64 }, more)
  if (json) for (const finding of linted.findings) console.log(JSON.stringify(finding))
  else {
    console.log(linted.findings.map(told).join('\n\n') || green('Nothing to find fault with.'))
    for (const { domain, selector, result, why } of linted.dkim)
      console.log(dim(`\ndkim ${selector}._domainkey.${domain}: ${result}${why ? ` (${why})` : ''}`))
  }
  const { error, warning, note } = linted.counts
  console.error(`${error} errors, ${warning} warnings, ${note} notes`)
  return error > 0 ? 1 : 0
}

const told = ({ rule, severity, message, fix, source }: Finding): string =>
  [
    `${MARKS[severity](severity.padEnd(8))} ${rule}`,
    `         ${message}`,
    `         ${fix}`,
    `         ${dim(`${source.name}  ${source.url}`)}`,
  ].join('\n')

function keysOf(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    throw new Usage(`${file} is no JSON file of key records by their name.`)
  }
}
