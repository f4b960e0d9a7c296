import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
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

/** A folder of its owner alone, with a file for each profile. */
const FOLDER = `${process.env['XDG_CONFIG_HOME'] || `${homedir()}/.config`}/floe/profiles`

/** Returns the file of a profile. Throws `Usage` for a name that is none. */
function fileOf(name: string): string {
  if (!/^\w[\w.-]{0,63}$/.test(name))
    throw new Usage(`The name of a profile is 1 to 64 of A-Z a-z 0-9 _ - and dots: ${name} is none.`)
  return `${FOLDER}/${name}.json`
}

/** Returns a profile. Throws `Usage` where there is none of that name, it is damaged, or others can read it. */
export function profileOf(name: string): Profile {
  const profile = kept(name)
  if (!profile) throw new Usage(`There is no profile ${name}: floe login ${name} --url URL makes one.`)
  return profile
}

/** Returns the profile that is used where nothing else is said, if there is one. */
export const defaultProfile = (): Profile | undefined => kept('default')

function kept(name: string): Profile | undefined {
  const file = fileOf(name)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return undefined
  // Whoever can read the key can use it.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new Usage(`Others can read ${file}. Run: chmod 600 ${file}`)
  try {
    const { url, apiKey } = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof apiKey === 'string' && URL.canParse(url)) return { url: new URL(url).origin, apiKey }
  } catch {}
  throw new Usage(`${file} is damaged: floe login ${name} --url URL writes it anew.`)
}

/** Writes a profile, whole or not at all, for its owner alone. */
function keep(name: string, profile: Profile): string {
  const file = fileOf(name)
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
  const part = `${file}.${process.pid}`
  writeFileSync(part, `${JSON.stringify(profile, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(part, file)
  return file
}

/** Keeps an address and a key, which comes from a pipe or is asked for, under a name, once that Floe took the key. */
export async function login(name = 'default', { url }: Options): Promise<number> {
  fileOf(name)
  if (url === undefined || !URL.canParse(url)) throw new Usage('login needs the --url of Floe.')
  const profile = { url: new URL(url).origin, apiKey: await keyAsked() }
  try {
    await createClient({ baseUrl: profile.url, apiKey: profile.apiKey }).call('listTopics', { limit: 1 })
  } catch (error) {
    if (error instanceof TypeError) throw new Usage('That is no API key, as it was shown.')
    // A key that may not list topics is a key of that Floe all the same.
    if (!(error instanceof FloeError && error.code === 'key.forbidden')) throw error
  }
  console.error(`${name} is kept in ${keep(name, profile)}`)
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
  if (!existsSync(fileOf(name))) throw new Usage(`There is no profile ${name}: floe profiles lists yours.`)
  rmSync(fileOf(name))
  console.error(`${name} is removed`)
  return 0
}

/** Prints the profiles, without their keys. */
export function profiles(_: unknown, { json }: Options): number {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : []
  const all = names.flatMap(file => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
  const width = Math.max(0, ...all.map(name => name.length))
  for (const name of all) {
    const { url } = profileOf(name)
    printed(json, { name, url }, `${name.padEnd(width)}  ${url}`)
  }
  console.error(plural(all.length, 'profile'))
  return 0
}
