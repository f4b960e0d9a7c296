const PLAIN_EVERY_MS = 5000
const DRAW_EVERY_MS = 100

/** Shows progress on standard error: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #start = performance.now()
  readonly #tty = process.stderr.isTTY === true
  #shownAt = this.#start
  #drawn = false

  /** Shows that `done` of `total` units are through, with `items` in them; `total` is unknown for a pipe. */
  show(done: number, total: number | undefined, items: number, what: string): void {
    const now = performance.now()
    if (now - this.#shownAt < (this.#tty ? DRAW_EVERY_MS : PLAIN_EVERY_MS)) return
    this.#shownAt = now
    const seconds = (now - this.#start) / 1000
    const rate = `${Math.round(items / seconds).toLocaleString('en')} ${what}/s`
    const share = total ? Math.min(done / total, 1) : undefined
    const left = share && share < 1 ? `, ${duration((seconds / share) * (1 - share))} left` : ''
    const text = `${items.toLocaleString('en')} ${what}, ${rate}${left}`
    if (!this.#tty) {
      console.error(text)
      return
    }
    const width = Math.min((process.stderr.columns ?? 80) - text.length - 8, 30)
    process.stderr.write(
      `\r\x1b[2K${share !== undefined && width >= 10 ? `${bar(share, width)} ` : ''}${text}`,
    )
    this.#drawn = true
  }

  /** Removes the bar. */
  clear(): void {
    if (this.#drawn) process.stderr.write('\r\x1b[2K')
    this.#drawn = false
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000
  }
}

function bar(share: number, width: number): string {
  const full = Math.round(share * width)
  return `${'━'.repeat(full)}${'─'.repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
