/** A piece of a body with parts. */
export interface Piece {
  /** The delimiter line before it, with the line ends around it (RFC 2046 §5.1.1); empty before the first. */
  delimiter: string
  text: string
  /** Whether it is a part; preamble and epilogue are none. */
  isPart: boolean
}

const DASHES = '\r\n--'

/** Splits a body at its delimiter lines. What follows the closing one is the epilogue, whatever it looks like. */
export function piecesOf(body: string, boundary: string): Piece[] {
  const pieces: Piece[] = []
  let before = { delimiter: '', isPart: false }
  let from = 0
  // The line end of a delimiter is also the one before the next, where nothing stands between.
  for (let at = body.indexOf(DASHES); at >= 0; at = body.indexOf(DASHES, Math.max(from - 2, at + 1))) {
    const found = delimiterAt(body, at, boundary)
    if (!found) continue
    pieces.push({ ...before, text: body.slice(from, Math.max(at, from)) })
    before = { delimiter: body.slice(Math.max(at, from), found.end), isPart: found.isPart }
    from = found.end
    if (!found.isPart) break
  }
  return [...pieces, { ...before, text: body.slice(from) }]
}

function delimiterAt(
  body: string,
  at: number,
  boundary: string,
): { end: number; isPart: boolean } | undefined {
  let end = at + DASHES.length
  if (!body.startsWith(boundary, end)) return undefined
  end += boundary.length
  const closes = body.startsWith('--', end)
  if (closes) end += 2
  while (body[end] === ' ' || body[end] === '\t' || body.startsWith('\r\r', end)) end++
  if (body.startsWith('\r\n', end)) end += 2
  else if (end < body.length) return undefined
  return { end, isPart: !closes }
}
