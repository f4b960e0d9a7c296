/** Breaks a text between words. A word that is longer than a line, such as a host, stays whole, so that it can be copied. */
export function wrapped(text: string, width: number): string[] {
  const all = ['']
  for (const word of text.split(' ')) {
    const line = all.at(-1)!
    if (line === '') all[all.length - 1] = word
    else if (line.length + 1 + word.length <= width) all[all.length - 1] = `${line} ${word}`
    else all.push(word)
  }
  return all
}
