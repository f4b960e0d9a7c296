import { wcagContrast } from 'culori'
import { describe, expect, test } from 'vitest'
import { brandSheet, paletteOf, THEMES } from '../../ops/brand-palette.ts'
import { seeded } from '../support/seeded.ts'
import { textOf } from '../support/source.ts'

const tokens = textOf('site/styles/tokens.css')
const [light = '', dark = ''] = tokens.split('prefers-color-scheme: dark')
const themes = [
  ['light', light],
  ['dark', dark],
] as const

/** What is hard to read of a sender's colour in a theme: each text against what is behind it. */
function faint(colour: string, theme: 'light' | 'dark'): string[] {
  const { accent, accentStrong, onAccent, tint } = paletteOf(colour, theme)
  const { grounds, ink, quiet } = THEMES[theme]
  const pairs: [string, string, string][] = [
    ...[...grounds, tint].map((ground): [string, string, string] => ['a link', accent, ground]),
    ...grounds.map((ground): [string, string, string] => ['a link under the pointer', accentStrong, ground]),
    ['the words of a button', onAccent, accent],
    ['those of a button under the pointer', onAccent, accentStrong],
    ['a text on the tint', ink, tint],
    ['a quiet text on the tint', quiet, tint],
  ]
  return pairs
    .filter(([, text, ground]) => wcagContrast(text, ground) < 4.5)
    .map(([what, text, ground]) => `${colour} ${theme}: ${what}, ${text} on ${ground}`)
}

describe('the colours of tokens.css that a sender’s colour is held against', () => {
  test.for(themes)('are those of the %s theme', ([theme, css]) => {
    const { grounds, ink, quiet, onAccent } = THEMES[theme]
    const roles = { surface: grounds[0], ground: grounds[1], ink, quiet, 'on-accent': onAccent }
    for (const [role, colour] of Object.entries(roles)) expect(css).toContain(`--${role}: ${colour};`)
  })
})

const hard = [
  ['white', '#ffffff'],
  ['black', '#000000'],
  ['a grey in the middle', '#808080'],
  ['yellow', '#ffff00'],
  ['lime', '#00ff00'],
  ['the bluest blue', '#0000ff'],
  ['pink', '#ff69b4'],
  ['the platform’s own', '#0b5a85'],
] as const

describe('a sender’s colour', () => {
  test.for(hard)('can be read everywhere, light and dark: %s', ([, colour]) => {
    expect([...faint(colour, 'light'), ...faint(colour, 'dark')]).toEqual([])
  })

  test('can be read whichever it is: two thousand of them', () => {
    const random = seeded(7)
    const colours = Array.from({ length: 2000 }, () => `#${random(0x1000000).toString(16).padStart(6, '0')}`)
    expect(colours.flatMap(colour => [...faint(colour, 'light'), ...faint(colour, 'dark')])).toEqual([])
  })

  test('that can be read already stays as it is', () => {
    expect(paletteOf('#0b5a85', 'light').accent).toBe('#0b5a85')
    expect(paletteOf('#8fcdef', 'dark').accent).toBe('#8fcdef')
  })

  test('makes a sheet that sets the four roles in both themes, and nothing else', () => {
    const roles =
      ':root:root\\{--accent:#[0-9a-f]{6};--accent-strong:#[0-9a-f]{6};--on-accent:#[0-9a-f]{6};--tint:#[0-9a-f]{6}\\}'
    expect(brandSheet('#b30059')).toMatch(
      new RegExp(`^${roles}\n@media screen and \\(prefers-color-scheme:dark\\)\\{${roles}\\}\n$`),
    )
  })
})
