/**
 * Returns a text without trailing characters of `set`. A pattern such as `/[ \t]+$/` restarts at each character of an inner
 * run, so that a message of spaces would take hours.
 */
export function trimEndOf(text: string, set: string): string {
  let end = text.length
  while (end > 0 && set.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/**
 * Yields the text between each `<` and the next `>`, with its position. An unclosed `<` ends the search, so that a message of
 * `<` is scanned once.
 */
export function* bracketed(text: string): Generator<{ inner: string; from: number; to: number }> {
  for (let from = text.indexOf('<'), end = 0; from >= 0; from = text.indexOf('<', end)) {
    end = text.indexOf('>', from)
    if (end < 0) return
    yield { inner: text.slice(from + 1, end), from, to: end + 1 }
  }
}
