import { createHash } from 'node:crypto'

/** A text of a notice in site/content/notices/. */
export interface NoticeFile {
  /** Path within that folder: `privacy/2.md` is binding, `privacy/2/de.md` a translation of it. */
  path: string
  text: string
  version: string
  effective: Date
  language: string
}

/** Returns the digest that consents refer to: SHA-256 of the text's bytes, with LF line ends. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')

/**
 * Compares the texts with their published digests in site/content/notices/published.json, and their front matter with their
 * paths. Consents refer to published texts, so it throws for every text that changed, with the remedy.
 */
export function checkPublished(files: NoticeFile[], published: Record<string, string>): void {
  const faults = files.flatMap(file => [...misplaced(file), ...changed(file, published)])
  for (const path of Object.keys(published))
    if (!files.some(file => file.path === path))
      faults.push(`${path} was published and is gone. Consents refer to it: bring it back.`)
  faults.push(...disordered(files.filter(isBinding)))
  if (faults.length > 0) throw new Error(`The notices are not as they were published.\n${faults.join('\n')}`)
}

const isBinding = ({ path }: NoticeFile): boolean => path.split('/').length === 2

function changed({ path, text }: NoticeFile, published: Record<string, string>): string[] {
  const digest = digestOf(text)
  if (published[path] === digest) return []
  if (published[path] === undefined)
    return [`${path} is not published yet. To publish it, add "${path}": "${digest}" to published.json.`]
  const next = isBinding({ path } as NoticeFile) ? 'a new version, a file of its own' : 'a new version'
  return [`${path} has changed since it was published. Take the change back and publish ${next}.`]
}

function misplaced({ path, version, language, effective }: NoticeFile): string[] {
  const [, versionPart = '', languagePart] = /^[a-z-]+\/(\d+)(?:\/([a-z-]+))?\.md$/.exec(path) ?? []
  const wanted = languagePart ?? 'en'
  return [
    ...(versionPart === version ? [] : [`${path} says that it is version ${version}.`]),
    ...(wanted === language.toLowerCase() ? [] : [`${path} says that its language is ${language}.`]),
    ...(Number.isNaN(effective.getTime()) ? [`${path} has no date from which it is in effect.`] : []),
  ]
}

/** Returns faults in the order of versions, whose dates must grow with their numbers. */
function disordered(files: NoticeFile[]): string[] {
  const sorted = [...files].sort((a, b) => Number(a.version) - Number(b.version))
  return sorted.flatMap((file, i) => {
    const before = sorted.slice(0, i).findLast(one => one.path.split('/')[0] === file.path.split('/')[0])
    if (before?.version === file.version) return [`${file.path} is a second version ${file.version}.`]
    return before && before.effective >= file.effective
      ? [`${file.path} is not later than version ${before.version}.`]
      : []
  })
}
