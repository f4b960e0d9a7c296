/** A sentence that depends on a number, by the plural rules of its language (Unicode CLDR). */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Words of a translation: the keys and shapes of the English ones. */
export type Translated<English> = {
  readonly [K in keyof English]: English[K] extends string
    ? string
    : English[K] extends (...filled: infer Filled) => string
      ? (...filled: Filled) => string
      : English[K] extends { other: string }
        ? Plural
        : Translated<English[K]>
}
