/** Columns of plain text (RFC 5322 §2.1.1 asks for 78; quote marks of replies need some). */
const COLUMNS = 72

/** Characters two columns wide, after which a line may end without a space. */
const WIDE =
  '\\u2e80-\\u3000\\u3003-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff01-\\uff60\\p{Emoji_Presentation}'
/**
 * An unbreakable piece: a word, an isolated name or a wide character, with punctuation that may not begin or end a line; or
 * spaces.
 */
const PIECE = new RegExp(
  ` +|[「（]*(?:[^ \\u2068${WIDE}]*\\u2068[^\\u2068\\u2069]*\\u2069[^ ${WIDE}]*|[${WIDE}]|[^ \\u2068${WIDE}]+)[、。」），：？ー]*`,
  'gu',
)
const IS_WIDE = new RegExp(`[${WIDE}、。]`, 'u')

const columns = (text: string): number =>
  [...text].reduce((sum, character) => sum + (IS_WIDE.test(character) ? 2 : 1), 0)

/** Wraps a paragraph to lines of at most 72 columns, indented by `first` and `others`. */
export function wrapped(text: string, first = '', others = first): string {
  const lines = ['']
  let spaces = ''
  // Longer words are cut, so that no line overflows the window.
  for (const part of (text.match(PIECE) ?? []).flatMap(piece => piece.match(/.{1,64}/gu) ?? [])) {
    if (part.startsWith(' ')) {
      spaces = part
      continue
    }
    const line = lines.at(-1)!
    if (line === '' || first.length + columns(line + spaces + part) > COLUMNS) lines.push(part)
    else lines[lines.length - 1] = line + spaces + part
    spaces = ''
  }
  return lines
    .slice(1)
    .map((line, i) => (i === 0 ? first : others) + line)
    .join('\n')
}
