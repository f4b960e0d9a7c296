/** What a style says of whether its element is seen; undefined where it is as around it. */
export interface Look {
  /** Nothing inside can be seen, whatever it says of itself. */
  gone: boolean
  /** Visibility and size, which what is inside may say anew. */
  unseen?: boolean | undefined
  tiny?: boolean | undefined
  display?: string | undefined
}

/** Returns what the declarations of a style say; the last one of a name counts, unless one before it is important. */
export function lookOf(style: string): Look {
  const said = new Map<string, { value: string; important: boolean }>()
  for (const one of style
    .toLowerCase()
    .replace(/url\([^()]*\)/g, '')
    .split(';')) {
    const at = one.indexOf(':')
    const important = one.includes('!important')
    const name = one.slice(0, at).trim()
    if (at < 0 || (said.get(name)?.important && !important)) continue
    said.set(name, {
      value: one
        .slice(at + 1)
        .replace('!important', '')
        .trim(),
      important,
    })
  }
  const value = (name: string) => said.get(name)?.value ?? ''
  const isNone = (name: string) => /^0(?:\.0+)?(?:px|pt|em|rem|%)?$/.test(value(name))
  const isThin = (name: string) => isNone(name) || value(name) === '1px'
  const isFar = (name: string) => Number.parseFloat(value(name)) < -500
  const clipped =
    ['overflow', 'overflow-x', 'overflow-y'].some(name => value(name) === 'hidden') &&
    ['height', 'max-height', 'width', 'max-width'].some(isThin)
  const display = value('display') || undefined
  const out = /^(?:absolute|fixed)$/.test(value('position'))
  return {
    gone:
      display === 'none' ||
      isNone('opacity') ||
      clipped ||
      ['text-indent', 'margin-left', 'margin-top'].some(isFar) ||
      (out && (['left', 'top'].some(isFar) || /^rect\([\s,01px]*\)/.test(value('clip')))) ||
      /^inset\((?:50|100)%/.test(value('clip-path')) ||
      /^scale\(0[,)]/.test(value('transform')),
    unseen: value('visibility') ? /^(?:hidden|collapse)$/.test(value('visibility')) : undefined,
    tiny: tinyOf(value('font-size') || (/^0(?:px)?[\s/]/.test(value('font')) ? '0' : '')),
    display,
  }
}

/** Whether a size cannot be read; undefined where it depends on the size around it. */
function tinyOf(size: string): boolean | undefined {
  const number = Number.parseFloat(size)
  if (number === 0) return true
  if (size === '' || /(?:\dem|%|inherit|smaller|larger)$/.test(size)) return undefined
  return /(?:px|pt)$/.test(size) && number <= 1
}

/**
 * Returns the classes and ids (`.x`, `#x`, `p.x`) that a style sheet hides. One that another rule names as well, as rules for small
 * screens do, is left out: whether it is seen depends on the reader's program.
 */
export function hiddenBy(sheet: string): Set<string> {
  const hidden = new Set<string>()
  const named = new Map<string, number>()
  let depth = 0
  for (const piece of sheet.split('}')) {
    const opened = piece.split('{')
    const body = opened.pop()!
    const selectors = opened.at(-1) ?? ''
    for (const name of new Set(selectors.match(/[.#][\w-]+/g))) named.set(name, (named.get(name) ?? 0) + 1)
    if (depth === 0 && opened.length === 1) {
      const look = lookOf(body)
      for (const one of selectors.split(','))
        if ((look.gone || look.unseen) && /^\s*[a-z\d]*[.#][\w-]+\s*$/.test(one)) hidden.add(one.trim())
    }
    depth = Math.max(0, depth + opened.length - 1)
  }
  return new Set([...hidden].filter(name => named.get(name.replace(/^[a-z\d]+/, '')) === 1))
}
