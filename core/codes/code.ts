/**
 * Returns a function that turns a stored number into its name. It throws on a number this version does not know, since a guess
 * might allow mail.
 */
export function nameOf<Name extends string>(
  codes: Readonly<Record<Name, number>>,
  what: string,
): (code: number) => Name {
  const names = new Map<number, Name>(
    Object.entries<number>(codes).map(([name, code]) => [code, name as Name]),
  )
  return code => {
    const name = names.get(code)
    if (name === undefined) throw new Error(`unknown ${what} ${code}`)
    return name
  }
}
