/**
 * Returns what reads a stored number as the name that stands for it. A number this version does not know throws: to guess might allow.
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
