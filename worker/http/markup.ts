import type { JSX } from 'hono/jsx/jsx-runtime'

/** Markup of a view. Text that a view was given is escaped in it. */
export type Markup = JSX.Element

/** Returns markup as text. Views render at once: one that waited would come out as the text of a promise. */
export function htmlOf(markup: Markup): string {
  const html: unknown = markup.toString()
  if (markup instanceof Promise || typeof html !== 'string') throw new Error('a view must not wait')
  return html
}
