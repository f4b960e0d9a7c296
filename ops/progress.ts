/** Told how much is done, of how much where that is known. */
export type NoteProgress = (done: number, total?: number) => void

/** Returns a progress line on standard error: redrawn on a terminal, printed now and then elsewhere. */
export function progressLine(what: string): { show: NoteProgress; end(): void } {
  const terminal = process.stderr.isTTY === true
  let shownAt = performance.now()
  let isShown = false
  return {
    show(done, total) {
      if (total === 0) return
      const now = performance.now()
      // What is done before anybody wonders needs no line.
      if (now - shownAt < (terminal ? 100 : 5000) && !(isShown && done === total)) return
      shownAt = now
      isShown = true
      const of = total === undefined ? '' : ` of ${total.toLocaleString('en')}`
      process.stderr.write(
        `${terminal ? '\r\x1b[2K' : ''}${done.toLocaleString('en')}${of} ${what}${terminal ? '' : '\n'}`,
      )
    },
    end() {
      if (isShown && terminal) process.stderr.write('\n')
    },
  }
}
