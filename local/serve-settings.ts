import { readFileSync } from 'node:fs'
import { HOLDINGS, type Holding, shareOf } from '../core/holdings.ts'
import { placeholdersIn } from '../ops/placeholders.ts'
import { appSettings } from '../worker/app-settings.ts'
import { edgeSettings } from '../worker/edge-settings.ts'
import { laneSettings } from '../worker/lane/settings.ts'

/** What `npm run serve` is given: where it runs, and the Workers' vars and secrets by their names. */
export interface ServeSettings {
  /** Absolute path of the folder that keeps what the Durable Objects hold. */
  state: string
  port: number
  consolePort?: number
  lmtpPort?: number
  proxySecret: string
  bindings: Record<string, string>
}

/** An own machine has no earlier version with secrets to take over, and webhooks there reach other services of the machine. */
const NOT_HERE = ['TAKES_OVER', 'WEBHOOKS_TO_THIS_MACHINE']
const NAMES = Object.entries<Holding>(HOLDINGS).flatMap(([name, { kind }]) =>
  kind === 'binding' || NOT_HERE.includes(name) ? [] : [name],
)
const SECRET_MIN = 32

/**
 * Reads the settings of `npm run serve` from an environment and from the credentials of systemd, each of which is a file with the
 * setting's name. Throws an error that names what is missing or wrong, and has no value in it.
 */
export function readServeSettings(env: NodeJS.ProcessEnv): ServeSettings {
  const { FLOE_STATE, STATE_DIRECTORY } = env
  const given = (name: string) => givenAs(name, env)
  const state = FLOE_STATE || STATE_DIRECTORY
  if (!state || !/^\/[^:]*$/.test(state))
    throw new Error('FLOE_STATE must be the absolute path of a folder (systemd: StateDirectory=floe)')
  const proxySecret = given('PROXY_SECRET')
  if (proxySecret === undefined || proxySecret.length < SECRET_MIN || !/^[\w.~+/=-]+$/.test(proxySecret))
    throw new Error(
      `PROXY_SECRET must be ${SECRET_MIN} characters or more without blanks: by it Floe knows what comes from the proxy`,
    )
  const consolePort = portOf('CONSOLE_PORT', given('CONSOLE_PORT'))
  const lmtpPort = portOf('LMTP_PORT', given('LMTP_PORT'))
  return {
    state,
    port: portOf('PORT', given('PORT')) ?? 8787,
    ...(consolePort !== undefined && { consolePort }),
    ...(lmtpPort !== undefined && { lmtpPort }),
    proxySecret,
    bindings: Object.fromEntries(
      NAMES.flatMap(name => {
        const value = given(name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
}

/** Throws where a Worker could not start with these vars and secrets of all of them, or where one is still an example. */
export function demandUsable(bindings: Record<string, string>): void {
  const left = placeholdersIn(bindings)
  if (left.length > 0) throw new Error(`Still an example, set your own: ${left.join(', ')}`)
  laneSettings(shareOf('floe-lane', bindings))
  edgeSettings(shareOf('floe', bindings))
  appSettings(shareOf('floe-app', bindings))
}

function givenAs(
  name: string,
  { CREDENTIALS_DIRECTORY, [name]: value }: NodeJS.ProcessEnv,
): string | undefined {
  const credential = CREDENTIALS_DIRECTORY ? textOf(`${CREDENTIALS_DIRECTORY}/${name}`) : undefined
  if (credential !== undefined && value !== undefined)
    throw new Error(`${name} is given twice: by the environment and by a credential`)
  return credential ?? value
}

function textOf(path: string): string | undefined {
  try {
    // Editors and `echo` end a file with a line end, which no setting has.
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function portOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535)
    throw new Error(`${name} is no port`)
  return Number(text)
}
