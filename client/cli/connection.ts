import { readFileSync } from 'node:fs'
import { isThisMachine } from '../../core/host.ts'
import type { Options, Placed } from './options.ts'
import { defaultProfile, type Profile, profileOf } from './profile.ts'
import { Usage } from './usage-error.ts'

/** Where nothing says otherwise: the demo's own port. */
const DEMO_URL = 'http://127.0.0.1:8787'

/** Returns options with the address of Floe: as said, or as that of the profile or the demo whose key is used. */
export function placed(options: Options): Placed {
  const profile = named(options)
  if (profile && options.url !== undefined) throw new Usage('A profile says the address: leave out --url.')
  const { FLOE_URL, FLOE_API_KEY } = process.env
  const said = profile?.url ?? options.url ?? (FLOE_URL || undefined)
  // A key goes to the address that was said with it, and to no address that lies about in a folder.
  const url = said ?? (FLOE_API_KEY ? undefined : (defaultProfile() ?? demoHere())?.url) ?? DEMO_URL
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Usage(`${url} is no address of Floe, such as https://floe.example.com.`)
  return { ...options, url: new URL(url).origin }
}

/** Returns the API key for an address. It is never an argument, since every user of a machine can read those. */
export function keyFor(url: string, options: Options): string {
  const profile = named(options)
  if (profile) return profile.apiKey
  const { FLOE_URL, FLOE_API_KEY } = process.env
  if (FLOE_API_KEY && !FLOE_URL && options.url === undefined)
    throw new Usage('FLOE_API_KEY is set and no address of Floe: --url or FLOE_URL says it.')
  const key = FLOE_API_KEY || [defaultProfile(), demoHere()].find(its => its?.url === url)?.apiKey
  if (!key) throw new Usage('FLOE_API_KEY is not set, and no profile is named.')
  if (!/^[!-~]+$/.test(key)) throw new Usage('FLOE_API_KEY is no API key, as it was shown.')
  return key
}

function named({ profile = process.env['FLOE_PROFILE'] }: Options): Profile | undefined {
  return profile ? profileOf(profile) : undefined
}

/** Returns the demo that runs on this machine from this folder, if one does. */
function demoHere(): Profile | undefined {
  try {
    const { baseUrl, apiKey } = JSON.parse(readFileSync('.local/demo.json', 'utf8'))
    const { origin, hostname } = new URL(baseUrl)
    return isThisMachine(hostname) ? { url: origin, apiKey: String(apiKey) } : undefined
  } catch {
    return undefined
  }
}
