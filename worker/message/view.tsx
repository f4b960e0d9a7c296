import { directionOf, type Locale } from '../../core/locale.ts'
import type { Markup } from '../http/markup.ts'
import { type Names, Sentence } from '../mail/view.tsx'

/** The data of a footer. `why` and `from` have places for names. */
export interface FooterScene {
  locale: Locale
  ways: readonly { label: string; url: string }[]
  why: string
  from: string
  names: Names
}

/** The footer of a sender's mail. */
export const footer = ({ locale, ways, why, from, names }: FooterScene): Markup => (
  <div
    lang={locale}
    dir={directionOf(locale)}
    style="margin:24px 0 0;padding:16px 0;border-top:1px solid #767676;font:14px/1.5 sans-serif;text-align:start"
  >
    <p style="margin:0 0 8px">
      {ways.map(({ label, url }, i) => (
        <>
          {i > 0 && ' · '}
          <a href={url} style="color:inherit;text-decoration:underline">
            {label}
          </a>
        </>
      ))}
    </p>
    <p style="margin:0 0 8px">
      <Sentence of={why} names={names} />
    </p>
    <p style="margin:0">
      <Sentence of={from} names={names} />
    </p>
  </div>
)
