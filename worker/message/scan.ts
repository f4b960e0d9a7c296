/**
 * Returns a text without the characters of `set` at its end. A pattern such as `/[ \t]+$/` is tried anew at each character of a run that
 * ends elsewhere, so that a message of spaces would take hours.
 */
export function trimEndOf(text: string, set: string): string {
  let end = text.length
  while (end > 0 && set.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** Yields what stands between each `<` and the `>` behind it, and where. One that nothing closes ends the search: no later one is closed. */
export function* bracketed(text: string): Generator<{ inner: string; from: number; to: number }> {
  for (let from = text.indexOf('<'), end = 0; from >= 0; from = text.indexOf('<', end)) {
    end = text.indexOf('>', from)
    if (end < 0) return
    yield { inner: text.slice(from + 1, end), from, to: end + 1 }
  }
}
