import type { Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'

/** Words that the Worker uses at run time, per language, read from the built site at first use. */
export class RuntimeWordsReader {
  readonly #site: Fetcher
  // The cache holds results, not promises: a request must not await a promise of another request.
  readonly #read = new Map<Locale, RuntimeWords>()

  constructor(site: Fetcher) {
    this.#site = site
  }

  /** Returns the mail words of a language. */
  async of(locale: Locale): Promise<RuntimeWords> {
    let words = this.#read.get(locale)
    if (!words) {
      const built = await this.#site.fetch(`http://site/recipient/${locale}/words.json`)
      if (!built.ok) throw new Error(`the site has no words in ${locale}`)
      words = await built.json<RuntimeWords>()
      this.#read.set(locale, words)
    }
    return words
  }
}
