import type { Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'

/** The words of each language that the Worker says itself, read from the built site when first needed. */
export class RuntimeWordsReader {
  readonly #site: Fetcher
  // What was read, never the reading: a promise of one request is not awaited by another's.
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
