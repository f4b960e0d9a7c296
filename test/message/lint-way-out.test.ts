import { describe, expect, test } from 'vitest'
import { rulesIn, WAY } from '../support/linted.ts'

const IMPRINT = '<p>North &amp; Co. Ltd, 1 Quay Street, Dover</p>'
const A = `<a href="${WAY}">Unsubscribe</a>`
const NONE = 'footer.way_out.us_canspam'
const HIDDEN = ['body.way_out_hidden', NONE]

describe('a way out that nobody sees is none:', () => {
  test.for([
    ...[
      `<div style="display:none">${A}</div>`,
      `<div style="color:red; DISPLAY : NONE !important">${A}</div>`,
    ],
    ...[`<p style="visibility:hidden">${A}</p>`, `<div style="font-size:0">${A}</div>`, `<p hidden>${A}</p>`],
    ...[`<div style='font-size:0px'>${A}</div>`, `<a href="${WAY}" style="display:none">Unsubscribe</a>`],
    ...[
      `<div style="opacity:0">${A}</div>`,
      `<div style="max-height:0;overflow:hidden">${A}</div>`,
      `<!-- ${A} -->`,
    ],
    ...[
      `<div style="height:0px;overflow:hidden">${A}</div>`,
      `<!--[if mso]>${A}<![endif]-->`,
      `<template>${A}</template>`,
    ],
    ...[
      `<div hidden="hidden"><table><tr><td>${A}</td></tr></table></div>`,
      `<div style="text-indent:-9999px">${A}</div>`,
    ],
    ...[
      `<div style="position:absolute;left:-9999px">${A}</div>`,
      `<div style=display:none>${A}</div>`,
      `<p>${A.replace('Unsubscribe', '')}</p>`,
    ],
    ...[
      `<div style="font-size:1px">${A}</div>`,
      `<script>${A}</script>`,
      `<div style="display:none"><p>${A}</p></b></div>`,
    ],
    ...[
      `<style>.x{display:none}</style><div class="a x">${A}</div>`,
      `<style>#x { visibility: hidden }</style><div id=x>${A}</div>`,
    ],
    ...[
      `<div style="visibility:hidden;display:block"><b>${A}</b></div>`,
      `<DIV STYLE="DISPLAY:NONE">${A}</DIV>`,
    ],
    ...[
      `<span style="font-size:0"><span style="font-size:2em">${A}</span></span>`,
      `<div style="display&#58;none">${A}</div>`,
    ],
    `<p hidden>a</p><!-- ${A}`,
    `<div style="font:0/0 a">${A}</div>`,
    `<div style="clip:rect(0 0 0 0);position:absolute">${A}</div>`,
    `<div style="clip-path:inset(100%)">${A}</div>`,
    `<div style="transform:scale(0)">${A}</div>`,
    `<div style="margin-left:-9999px">${A}</div>`,
    `<div style="height:1px;overflow-y:hidden">${A}</div>`,
    `<style>div.x, .y{display:none}</style><div class=x>${A}</div>`,
    `<a href="${WAY}">&#8203;&nbsp;</a>`,
    `<noframes>${A}</noframes>`,
    `<iframe>${A}</iframe>`,
  ])('%s', async html => {
    expect(await rulesIn({ html: `${IMPRINT}${html}` })).toEqual(HIDDEN)
  })
  test('an image that is no larger than a point', async () => {
    const html = `<a href="${WAY}"><img src="https://x.example/a.png" width="1" height="1"></a>`
    expect(await rulesIn({ html: `${IMPRINT}${html}` })).toEqual(['body.tracking_pixel', ...HIDDEN].sort())
  })

  test.for([
    `<a href="#">Unsubscribe</a>`,
    '<a href="">Unsubscribe</a>',
    '<a>Unsubscribe</a>',
    '<p>Unsubscribe</p>',
    '<a name="unsubscribe">x</a>',
  ])('a word that leads nowhere: %s', async html => {
    expect(await rulesIn({ html: `${html}${IMPRINT}` })).toEqual([NONE])
  })
  test('a link that leads nowhere', async () => {
    const to = (link: string) => rulesIn({ html: `<a href="${link}">Unsubscribe</a>${IMPRINT}` })
    expect(await to('http://localhost/u/x')).toEqual([NONE, 'link.local'])
    expect(await to('{{unsubscribe_url}}')).toEqual([NONE, 'link.placeholder'])
  })
})

describe('a way out that is seen is one, whatever is hidden beside it:', () => {
  test.for([
    ...[
      A,
      `<div style="display:block">${A}</div>`,
      `<div style="font-size:0"><p style="font-size:13px">${A}</p></div>`,
    ],
    ...[
      `<div style="display:none">Preview</div>${A}`,
      `<p style="display:none">Preview<p>${A}</p>`,
      `<!-- ${A} -->${A}`,
    ],
    ...[
      `<!--[if !mso]><!-->${A}<!--<![endif]-->`,
      `<![if !mso]>${A}<![endif]>`,
      `<div style="mso-hide:all">${A}</div>`,
    ],
    ...[
      `<p style="visibility:hidden"><b style="visibility:visible">${A}</b></p>`,
      `<!-->${A}`,
      `<br hidden>${A}`,
    ],
    ...[
      `<div style="font-size:10px">${A}</div>`,
      `<div style="line-height:0">${A}</div>`,
      `<div style="opacity:0.5">${A}</div>`,
    ],
    ...[
      `<div style="max-height:0">${A}</div>`,
      `<div style="height:0;overflow:visible">${A}</div>`,
      `<div data-hidden="x">${A}</div>`,
    ],
    ...[
      `<div aria-hidden="true">${A}</div>`,
      `<div title="hidden">${A}</div>`,
      `<img hidden src="https://x.example/a.png">${A}`,
    ],
    ...[
      `<a href="${WAY}"><img src="https://x.example/a.png" alt="Leave"></a>`,
      `<style>@media x{.m{display:none}}</style><div class="m">${A}</div>`,
    ],
    ...[
      `<style>.m{display:none} @media x{.m{display:block}}</style><div class="m">${A}</div>`,
      `<style>.a .x{display:none}</style><p class="x">${A}</p>`,
    ],
    ...[
      `<table><tr><td style="display:none">x<td>${A}</table>`,
      `<ul><li hidden>x<li>${A}</ul>`,
      `<div style="font-size:0.8em">${A}</div>`,
    ],
    ...[
      `<div style="background:url(a;display:none)">${A}</div>`,
      `<div style="font-size:0;font-size:12px">${A}</div>`,
      `</div></div>${A}`,
    ],
    ...[
      `<div style="display:none;display:block">${A}</div>`,
      `<div style="x-display:none">${A}</div>`,
      `<p title="a > b">${A}</p>`,
    ],
    ...[
      `<style>div.x{display:none}</style><p class=x>${A}</p>`,
      `<p title="<!--">${A}</p>`,
      `<noscript>${A}</noscript>`,
      `<div style="text-indent:-5px">${A}</div>`,
      `<img alt="x>y" hidden>${A}`,
    ],
  ])('%s', async html => {
    expect(await rulesIn({ html: `${html}${IMPRINT}` })).toEqual([])
  })
})
