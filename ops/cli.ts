import { existsSync, realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Fault } from '../core/fault.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { explanationOf, titleOf } from '../worker/http/problem.ts'
import { type Operator, operatorOf } from './operator.ts'

/** Whether the module at `url` (its `import.meta.url`) is the one Node was started with. */
export function isEntry(url: string): boolean {
  const [, script] = process.argv
  return script !== undefined && existsSync(script) && pathToFileURL(realpathSync(script)).href === url
}

/** Returns the database of an operator's command, from DATABASE_URL and DATABASE_AUTH_TOKEN. */
export function endpointFromEnv(): Endpoint {
  const { DATABASE_URL, DATABASE_AUTH_TOKEN } = process.env
  return endpointFrom(DATABASE_URL, 'DATABASE_URL', DATABASE_AUTH_TOKEN)
}

/** Returns that database with the operator whom `--as` names. */
export const operatorFromEnv = (as: string | undefined): Operator => operatorOf(endpointFromEnv(), as)

/** Returns the database at an address. Throws with the address's name when it is malformed. */
export function endpointFrom(
  address: string | undefined,
  name: string,
  authToken: string | undefined,
): Endpoint {
  const url = address?.replace(/\/$/, '')
  if (!url || !/^https?:/.test(url) || !URL.canParse(url) || new URL(url).origin !== url)
    throw new Error(
      `${name} must be the http(s) origin of the libSQL primary, such as https://floe-db.example.com`,
    )
  return { url, authToken: authToken || undefined }
}

/** Runs a command; a failure is one line on stderr and exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    console.error(messageOf(error))
    process.exitCode = 1
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Fault)) return error instanceof Error ? error.message : String(error)
  const { detail } = error
  const errors = detail.code === 'request.invalid' ? detail.errors : []
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  return [
    titleOf(detail.code),
    explanationOf(detail).detail,
    ...errors.map(({ field, message }) => `${field} ${message}`),
    cause,
  ]
    .filter(part => part !== undefined)
    .join('. ')
}
