import {
  clampChroma,
  converter,
  formatHex,
  modeLrgb,
  modeOklch,
  modeRgb,
  type Oklch,
  useMode,
  wcagContrast,
} from 'culori/fn'

for (const mode of [modeRgb, modeLrgb, modeOklch]) useMode(mode as Parameters<typeof useMode>[0])
const oklch = converter('oklch')

/** Least contrast of text with its background (WCAG 2.2, 1.4.3). */
const READABLE = 4.5

/** Roles of site/styles/tokens.css that a sender's colour fills. */
export interface Palette {
  accent: string
  accentStrong: string
  onAccent: string
  tint: string
}

interface Theme {
  /** Backgrounds of links and buttons, in site/styles/tokens.css. */
  grounds: string[]
  ink: string
  quiet: string
  onAccent: string
  /** Direction in which lightness changes until everything is readable. */
  towards: 0 | 1
  tint: { l: number; c: number }
}

/** The two themes, with the fixed colours of site/styles/tokens.css. */
export const THEMES: Record<'light' | 'dark', Theme> = {
  light: {
    grounds: ['#ffffff', '#edf3f7'],
    ink: '#10202d',
    quiet: '#495c6b',
    onAccent: '#ffffff',
    towards: 0,
    tint: { l: 0.965, c: 0.018 },
  },
  dark: {
    grounds: ['#121d26', '#0b131a'],
    ink: '#e9f1f6',
    quiet: '#a5b7c4',
    onAccent: '#06202f',
    towards: 1,
    tint: { l: 0.29, c: 0.035 },
  },
}

/**
 * Returns a sender's colour in its roles for one theme. It keeps its hue and becomes as dark or light as needed for a contrast of
 * 4.5 to 1, both of text on it and of it on every background.
 */
export function paletteOf(colour: string, theme: 'light' | 'dark'): Palette {
  const { grounds, onAccent, towards, tint } = THEMES[theme]
  const wanted = oklch(colour)!
  const ground = hex({ ...wanted, l: tint.l, c: Math.min(wanted.c, tint.c) })
  const readable = (shade: string) =>
    [...grounds, ground, onAccent].every(other => wcagContrast(shade, other) >= READABLE)
  const step = towards === 0 ? -0.005 : 0.005
  let l = wanted.l
  while (!readable(hex({ ...wanted, l })) && (towards === 0 ? l > 0 : l < 1)) l += step
  const accent = hex({ ...wanted, l })
  return {
    accent,
    accentStrong: hex({ ...wanted, l: towards === 0 ? l * 0.78 : l + (1 - l) * 0.45 }),
    onAccent,
    tint: ground,
  }
}

/** Returns the style sheet that replaces the platform's colour by a sender's. */
export function brandSheet(colour: string): string {
  const roles = (theme: 'light' | 'dark') => {
    const { accent, accentStrong, onAccent, tint } = paletteOf(colour, theme)
    // A doubled `:root` outranks tokens.css, whichever comes first in the page's head.
    return `:root:root{--accent:${accent};--accent-strong:${accentStrong};--on-accent:${onAccent};--tint:${tint}}`
  }
  return `${roles('light')}\n@media screen and (prefers-color-scheme:dark){${roles('dark')}}\n`
}

const hex = (colour: Oklch): string => formatHex(clampChroma({ ...colour, l: within(colour.l) }, 'oklch'))
const within = (l: number): number => Math.min(1, Math.max(0, l))
