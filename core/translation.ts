/** A sentence that depends on a number, by the plural rules of its language (Unicode CLDR). */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** The words of a translation: the English ones' keys and shapes, to the last group, in sentences of its own. */
export type Translated<English> = {
  readonly [K in keyof English]: English[K] extends string
    ? string
    : English[K] extends (...filled: infer Filled) => string
      ? (...filled: Filled) => string
      : English[K] extends { other: string }
        ? Plural
        : Translated<English[K]>
}
