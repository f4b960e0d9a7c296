import * as z from 'zod/mini'

/** Schema that parses a setting's text with `read`. The message never quotes the value, which may be a secret. */
export const readBy = <T>(read: (text: string) => T | undefined, message: string) =>
  z.transform((text: string, context) => {
    const value = read(text)
    if (value === undefined) context.issues.push({ code: 'custom', message, input: '' })
    return value ?? z.NEVER
  })
