/**
 * Returns the URL that a text is, or undefined where it is none. Node 20's `URL.canParse` is not asked: once it has been compiled,
 * it takes the Latin-1 letters of a text for UTF-8 and refuses what the constructor reads.
 */
export function urlOf(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
