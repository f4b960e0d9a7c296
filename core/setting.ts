import * as z from 'zod/mini'

/** Reads a setting by its own grammar. The value never stands in the message: it may be a secret. */
export const readBy = <T>(read: (text: string) => T | undefined, message: string) =>
  z.transform((text: string, context) => {
    const value = read(text)
    if (value === undefined) context.issues.push({ code: 'custom', message, input: '' })
    return value ?? z.NEVER
  })
