import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { createClient } from '../client.ts'
import { FloeError } from '../error.ts'
import type { Options } from './options.ts'
import { Usage } from './usage-error.ts'
import { plural, printed } from './words.ts'

/** An address of Floe with a key of it. */
export interface Profile {
  url: string
  apiKey: string
}

const { XDG_CONFIG_HOME = `${homedir()}/.config` } = process.env
const FILE = `${XDG_CONFIG_HOME}/floe/profiles.json`

/** Returns a profile. Throws `Usage` where there is none of that name, or others can read them. */
export function profileOf(name: string): Profile {
  const profile = kept()[name]
  if (!profile) throw new Usage(`There is no profile ${name}: floe login ${name} --url URL makes one.`)
  return profile
}

/** Returns the profile that is used where nothing else is said, if there is one. */
export const defaultProfile = (): Profile | undefined => kept()['default']

function kept(): Record<string, Profile> {
  try {
    // Whoever can read the keys can use them.
    if (process.platform !== 'win32' && (statSync(FILE).mode & 0o077) !== 0)
      throw new Usage(`Others can read ${FILE}. Run: chmod 600 ${FILE}`)
    return JSON.parse(readFileSync(FILE, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    if (error instanceof SyntaxError) throw new Usage(`${FILE} is no JSON.`)
    throw error
  }
}

/** Writes the profiles, whole or not at all, for their owner alone. */
function keep(profiles: Record<string, Profile>): void {
  mkdirSync(dirname(FILE), { recursive: true, mode: 0o700 })
  writeFileSync(`${FILE}.new`, `${JSON.stringify(profiles, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${FILE}.new`, FILE)
}

/** Keeps an address and a key, which comes from a pipe or is asked for, under a name, once that Floe took the key. */
export async function login(name = 'default', { url }: Options): Promise<number> {
  if (url === undefined || !URL.canParse(url)) throw new Usage('login needs the --url of Floe.')
  const profiles = kept()
  const profile = { url: new URL(url).origin, apiKey: await keyAsked() }
  try {
    await createClient({ baseUrl: profile.url, apiKey: profile.apiKey }).call('listTopics', { limit: 1 })
  } catch (error) {
    // A key that may not list topics is a key of that Floe all the same.
    if (!(error instanceof FloeError && error.code === 'key.forbidden')) throw error
  }
  keep({ ...profiles, [name]: profile })
  console.error(`${name} is kept in ${FILE}`)
  return 0
}

async function keyAsked(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write('API key: ')
  const unseen = new Writable({ write: (_, __, done) => done() })
  const ask = createInterface({ input: process.stdin, output: unseen, terminal: isTerminal })
  const line = await Promise.race([
    ask.question(''),
    new Promise<string>(resolve => ask.once('close', () => resolve(''))),
  ])
  ask.close()
  if (isTerminal) process.stderr.write('\n')
  const key = line.trim()
  if (key === '') throw new Usage('login needs the API key, typed or through a pipe.')
  return key
}

/** Removes a profile. */
export function logout(name: string | undefined): number {
  if (name === undefined) throw new Usage('logout needs the name of a profile: floe profiles lists yours.')
  profileOf(name)
  const { [name]: _, ...others } = kept()
  keep(others)
  console.error(`${name} is removed`)
  return 0
}

/** Prints the profiles, without their keys. */
export function profiles({ json }: Options): number {
  const all = Object.entries(kept())
  const width = Math.max(0, ...all.map(([name]) => name.length))
  for (const [name, { url }] of all) printed(json, { name, url }, `${name.padEnd(width)}  ${url}`)
  console.error(plural(all.length, 'profile'))
  return 0
}
