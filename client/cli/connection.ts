import { readFileSync } from 'node:fs'
import type { Options, Placed } from './options.ts'
import { defaultProfile, type Profile, profileOf } from './profile.ts'
import { Usage } from './usage-error.ts'

/** Returns options with the address of Floe: as said, as a profile has it, or the demo's that runs in this folder. */
export function placed(options: Options): Placed {
  const profile = named(options)
  if (profile && options.url !== undefined) throw new Usage('A profile says the address: leave out --url.')
  const url =
    profile?.url ??
    options.url ??
    process.env['FLOE_URL'] ??
    (demoHere() ?? defaultProfile())?.url ??
    'http://127.0.0.1:8787'
  if (!URL.canParse(url)) throw new Usage(`${url} is no address.`)
  return { ...options, url }
}

/** Returns the API key for an address. It is never an argument, since every user of a machine can read those. */
export function keyFor(url: string, options: Options): string {
  const profile = named(options)
  if (profile) return profile.apiKey
  const { FLOE_API_KEY } = process.env
  if (FLOE_API_KEY) return FLOE_API_KEY
  const its = [demoHere(), defaultProfile()].find(
    one => one && new URL(one.url).origin === new URL(url).origin,
  )
  if (its) return its.apiKey
  throw new Usage('FLOE_API_KEY is not set, and no profile is named.')
}

function named({ profile = process.env['FLOE_PROFILE'] }: Options): Profile | undefined {
  return profile ? profileOf(profile) : undefined
}

/** Returns the demo that runs in this folder, if one does. */
function demoHere(): Profile | undefined {
  try {
    const { baseUrl, apiKey } = JSON.parse(readFileSync('.local/demo.json', 'utf8'))
    return { url: baseUrl, apiKey }
  } catch {
    return undefined
  }
}
