import type { Locale } from '../../core/locale.ts'
import type { Told } from '../../site/locales/told.ts'

/** The words of each language that the Worker says itself, read from the built site when first needed. */
export class Words {
  readonly #site: Fetcher
  // What was read, never the reading: a promise of one request is not awaited by another's.
  readonly #read = new Map<Locale, Told>()

  constructor(site: Fetcher) {
    this.#site = site
  }

  /** Returns the words of a language. */
  async of(locale: Locale): Promise<Told> {
    let told = this.#read.get(locale)
    if (!told) {
      const built = await this.#site.fetch(`http://site/recipient/${locale}/words.json`)
      if (!built.ok) throw new Error(`the site has no words in ${locale}`)
      told = await built.json<Told>()
      this.#read.set(locale, told)
    }
    return told
  }
}
