import { readFileSync, writeFileSync } from 'node:fs'
import { isEntry, runCommand } from '../ops/cli.ts'
import { ROOT } from './folder.ts'
import { FILES, type Import, importsOf } from './source.ts'

/** File that holds the picture, between two marker lines. */
export const PICTURE_FILE = 'CONTRIBUTING.md'
const FROM = '<!-- house: npm run house -->'
const TO = '<!-- /house -->'

const ENTRIES = 'entries'
const FEATURES = 'features'

/** Floors, highest first, each with its purpose and rooms. */
const FLOORS: readonly [what: string, rooms: readonly string[]][] = [
  ['for this machine', ['local']],
  ['for senders, for operators, for readers', ['client', 'ops', 'site']],
  ['what the Worker is made of', [ENTRIES]],
  ['one folder each, below', [FEATURES]],
  ['what speaks HTTP for all of them', ['worker/http']],
  ['a call, its caller and its verb', ['worker/call']],
  ['the lanes', ['worker/lane']],
  ['the SQL that ships', ['db']],
  ['vocabulary', ['core']],
]
/** Folders of worker/ that are no feature. */
const SHARED = ['worker/http', 'worker/call', 'worker/lane']
/** What features share; it belongs to the floor of worker/http. */
const HANDED = 'worker/deps.ts'

/** Returns the feature of a file, if it belongs to one. */
const featureOf = (path: string): string | undefined => {
  const [, folder] = /^worker\/([^/]+)\//.exec(path) ?? []
  return folder && !SHARED.includes(`worker/${folder}`) ? folder : undefined
}

/** Returns the room of a file; undefined for files in none, such as tests. */
function roomOf(path: string): string | undefined {
  if (path === HANDED) return 'worker/http'
  if (featureOf(path)) return FEATURES
  if (/^worker\/[^/]+$/.test(path)) return ENTRIES
  return FLOORS.flatMap(([, rooms]) => rooms).find(room => path.startsWith(`${room}/`))
}

/** Places that each place imports from. */
type Arrows = Map<string, Set<string>>

/** Returns the arrows between the places of files, types included. */
function arrowsBetween(imports: readonly Import[], placeOf: (path: string) => string | undefined): Arrows {
  const arrows: Arrows = new Map()
  for (const { from, to } of imports) {
    const [place, other] = [placeOf(from), placeOf(to)]
    if (place === undefined) continue
    const targets = arrows.get(place) ?? new Set()
    arrows.set(place, targets)
    if (other !== undefined && other !== place) targets.add(other)
  }
  return arrows
}

/** Returns every place that arrows lead to from a place. */
function reachedFrom(arrows: Arrows, place: string): Set<string> {
  const reached = new Set<string>(arrows.get(place))
  for (const each of reached) for (const next of arrows.get(each) ?? []) reached.add(next)
  return reached
}

/** Returns the arrows without those that follow from others. All arrows of a circle stay, so that it can be seen. */
function readable(arrows: Arrows): Arrows {
  const reach = new Map([...arrows.keys()].map(place => [place, reachedFrom(arrows, place)]))
  const leads = (from: string, to: string) => reach.get(from)?.has(to) ?? false
  /** Whether an arrow leads from one to the other and none leads back. */
  const leadsOn = (from: string, to: string) => leads(from, to) && !leads(to, from)
  const isMade = (from: string, to: string) =>
    [...reach.get(from)!].some(by => leadsOn(from, by) && leadsOn(by, to))
  return new Map(
    [...arrows].map(([from, targets]) => [from, new Set([...targets].filter(to => !isMade(from, to)))]),
  )
}

/** Returns the lines of arrows, one for each place that has any. */
const drawn = (arrows: Arrows, arrow = '-->'): string[] =>
  [...arrows]
    .filter(([, targets]) => targets.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, targets]) => `  ${from} ${arrow} ${[...targets].sort().join(' & ')}`)

const fenced = (lines: readonly string[]): string => ['```mermaid', ...lines, '```'].join('\n')

/** Returns the picture of the current imports: the floors, and the features. */
export function picture(): string {
  const imports = FILES.filter(path => /\.(ts|tsx|mjs|astro)$/.test(path))
    .flatMap(importsOf)
    .filter(({ to }) => FILES.includes(to))
  const rooms = arrowsBetween(imports, roomOf)
  const depthOf = (room: string) => FLOORS.findIndex(([, those]) => those.includes(room))
  const those = (wanted: (from: number, to: number) => boolean): Arrows =>
    new Map(
      [...rooms].map(([from, targets]) => [
        from,
        new Set([...targets].filter(to => wanted(depthOf(from), depthOf(to)))),
      ]),
    )
  const others = drawn(
    those((from, to) => from >= to),
    '-.->',
  )
  const floors = FLOORS.map(
    ([what, those], i) => `  subgraph floor${FLOORS.length - 1 - i}["${what}"]; ${those.join(' ~~~ ')}; end`,
  )
  const features = arrowsBetween(imports, featureOf)
  return [
    `The floors${others.length > 0 ? '; an arrow that does not lead down is dotted' : ''}:`,
    fenced(['flowchart TD', ...floors, ...drawn(readable(those((from, to) => from < to))), ...others]),
    `The ${features.size} features:`,
    fenced(['flowchart LR', ...drawn(readable(features))]),
  ].join('\n\n')
}

/** Returns a text with its picture replaced by the current one. */
export function withPicture(text: string, drawn: string = picture()): string {
  const [from, to] = [text.indexOf(FROM), text.indexOf(TO)]
  if (from < 0 || to < from) throw new Error(`no ${FROM} … ${TO} in ${PICTURE_FILE}`)
  return `${text.slice(0, from)}${FROM}\n\n${drawn}\n\n${text.slice(to)}`
}

/** Writes the current picture into its file. */
export function drawHouse(): void {
  const path = `${ROOT}/${PICTURE_FILE}`
  writeFileSync(path, withPicture(readFileSync(path, 'utf8')))
}

if (isEntry(import.meta.url)) await runCommand(async () => drawHouse())
