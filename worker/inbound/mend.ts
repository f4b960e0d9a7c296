import { latin1Bytes, latin1Text } from '../message/dkim.ts'

/** A parameter of a Content-Type at the beginning of a line, where a field should be indented. */
const PARAMETER = /^;?[a-z-]+[*\d]*[ \t]*=/i
const TYPE = /^content-type[ \t]*:/i
/** A field that only the body of a report's part has. */
const OF_BODY = /^(?:reporting-mta|(?:final|original)-recipient|feedback-type)[ \t]*:/i

/**
 * Mends what old servers and gateways break in a mail, so that its parts can be told: blank lines or an mbox separator at its
 * beginning, a Content-Type folded without indentation or written twice, and a part whose header no blank line ends. `mended`
 * says whether anything was: no signature covers what a mended mail is read as.
 */
export function mend(bytes: Uint8Array): { bytes: Uint8Array; mended: boolean } {
  const lines = latin1Text(bytes).split('\n')
  const start = Math.max(
    lines.findIndex(line => line.trim() !== '' && !/^>?From /.test(line)),
    0,
  )
  let mended = start > 0
  const write = (i: number, line: string) => {
    lines[i] = line
    mended = true
  }
  // The Content-Types of the header that is being read.
  let types: number[] = []
  let inType = false
  let inContent = false
  for (let i = start; i < lines.length; i++) {
    const line = lines[i]!
    const indented = /^[ \t]/.test(line)
    if (line.trim() === '' || line.startsWith('--')) {
      for (const other of shadowing(lines, types)) write(other, `X-${lines[other]}`)
      types = []
    }
    if (TYPE.test(line)) {
      inType = true
      types.push(i)
    } else if (inType && PARAMETER.test(line)) write(i, line.startsWith(';') ? ` ${line}` : ` ;${line}`)
    else if (!indented) inType = false
    if (inContent && OF_BODY.test(line)) write(i, `\r\n${line}`)
    inContent = inType || /^content-/i.test(line) || (inContent && indented && line.trim() !== '')
  }
  return mended ? { bytes: latin1Bytes(lines.slice(start).join('\n')), mended } : { bytes, mended }
}

/** Returns the Content-Types of a header before the first one that has parts or a mail; parsers heed the first. */
function shadowing(lines: readonly string[], types: readonly number[]): readonly number[] {
  const parted = types.findIndex(i => /^[^:]*:[ \t]*(?:multipart|message)\//i.test(lines[i]!))
  return types.slice(0, Math.max(parted, 0))
}
