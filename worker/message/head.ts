import { fieldName, fieldsIn } from './mime.ts'
import { trimEndOf } from './scan.ts'

const FIELD = /^[!-9;-~]+[ \t]*:/
const PARAMETER = /^;?[ \t]*[a-z-]+[*\d]*[ \t]*=/i

/** What a head and body are read as, and whether a line of the head had to be mended for it. */
export interface MendedHead {
  fields: string[]
  body: string
  isMended: boolean
}

/**
 * Returns the fields of a head. Where a line is no field, strict programs take it and all behind it for the body: so a parameter
 * that lost its indentation gets it back, a line before other fields is left out (an mbox separator, say), and lines at the
 * end are what they take them for, the beginning of the body.
 */
export function mendedHead(head: string, body: string): MendedHead {
  const fields: string[] = []
  let strays: string[] = []
  let isMended = false
  for (const field of fieldsIn(head)) {
    const last = fields.at(-1)
    if (FIELD.test(field)) {
      fields.push(field)
      strays = []
    } else {
      isMended = true
      if (last !== undefined && strays.length === 0 && isStructured(last) && PARAMETER.test(field))
        fields[fields.length - 1] = `${last}\r\n ${trimEndOf(last, ' \t').endsWith(';') ? '' : ';'}${field}`
      else strays.push(field)
    }
  }
  return { fields, body: strays.length > 0 ? [...strays, '', body].join('\r\n') : body, isMended }
}

const isStructured = (field: string): boolean =>
  ['content-type', 'content-disposition'].includes(fieldName(field))
