import { latin1Bytes, latin1Text } from '../message/dkim.ts'

/** A parameter of a Content-Type at the beginning of a line, where a field should be indented. */
const PARAMETER = /^;?[a-z-]+[*\d]*[ \t]*=/i
const TYPE = /^content-type[ \t]*:/i
/** A field that only the body of a report's part has. */
const OF_BODY = /^(?:reporting-mta|(?:final|original)-recipient|feedback-type)[ \t]*:/i

/**
 * Mends what old servers and gateways break in a mail before its parts can be told: blank lines or an mbox separator at its
 * beginning, a Content-Type folded without indentation, a part whose header no blank line ends, and a second Content-Type that
 * alone has parts. `mended` says whether
 * something was: no signature covers what a mended mail is read as.
 */
export function mend(bytes: Uint8Array): { bytes: Uint8Array; mended: boolean } {
  const lines = latin1Text(bytes).split('\n')
  const start = Math.max(
    lines.findIndex(line => line.trim() !== '' && !/^>?From /.test(line)),
    0,
  )
  let mended = start > 0
  let inType = false
  let inHeader = false
  for (let i = start; i < lines.length; i++) {
    const line = lines[i]!
    if (TYPE.test(line)) inType = true
    else if (inType && PARAMETER.test(line)) {
      lines[i] = line.startsWith(';') ? ` ${line}` : ` ;${line}`
      mended = true
    } else if (!/^[ \t]/.test(line)) inType = false
    if (inHeader && OF_BODY.test(line)) {
      lines[i] = `\r\n${line}`
      mended = true
    }
    inHeader = /^content-/i.test(line) || (inHeader && /^[ \t]*[^ \t\r]/.test(line) && !OF_BODY.test(line))
  }
  const end = lines.findIndex((line, i) => i >= start && line.trim() === '')
  const types = lines.flatMap((line, i) => (i >= start && (end < 0 || i < end) && TYPE.test(line) ? [i] : []))
  const parted = types.find(i => /^[^:]*:[ \t]*multipart\//i.test(lines[i]!))
  // Of several fields the first counts.
  for (const i of types) {
    if (parted === undefined || i >= parted) break
    lines[i] = `X-${lines[i]}`
    mended = true
  }
  return mended ? { bytes: latin1Bytes(lines.slice(start).join('\n')), mended } : { bytes, mended }
}
