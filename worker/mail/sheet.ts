import { directionOf, type Locale } from '../../core/locale.ts'
import { escapeHtml } from '../http/page.ts'

const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
h1,.yes{text-wrap:balance}
p,li{text-wrap:pretty}
:lang(ja){line-break:strict;word-break:auto-phrase}
@media (max-width:30em){.sheet{padding:24px 20px!important}.ends{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){
.ground{background:#0b131a!important}
.sheet{background:#121d26!important;border-color:#263743!important}
.ink{color:#e9f1f6!important}
.quiet{color:#a5b7c4!important}
.line{border-color:#263743!important}
.link{color:#8fcdef!important}
.yes{background:#8fcdef!important;color:#06202f!important}
}`
const FONT = `'Segoe UI',system-ui,-apple-system,Roboto,'Noto Sans','Noto Sans Arabic','Helvetica Neue',sans-serif`
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
/** HTML attributes of a link. */
export const LINK = 'class="link" style="color:#0b5a85;overflow-wrap:anywhere;word-break:break-word"'

/** The words of a mail's frame: HTML, except for the subject. */
export interface Around {
  locale: Locale
  subject: string
  /** Text that an inbox shows beside the subject. */
  preview: string
  sender: string
  heading: string
  carried: string
}

/**
 * Returns the HTML of a mail with `body` in it. Mail clients drop parts of it, the style element first; the mail stays
 * readable with inline styles alone, and without any.
 */
export function sheet(said: Around, body: string): string {
  const direction = directionOf(said.locale)
  return `<!doctype html>
<html lang="${said.locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(said.subject)}</title>
<style>
${STYLE}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#edf3f7">
<div style="display:none;max-height:0;overflow:hidden">${said.preview}</div>
<main class="ground" style="display:block;padding:24px 12px;background:#edf3f7">
<table role="presentation" lang="${said.locale}" dir="${direction}" align="center" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px;table-layout:fixed;margin:0 auto;font-family:${FONT};font-size:17px;line-height:1.5;overflow-wrap:anywhere;word-break:break-word">
<tr><td class="ends ink" style="padding:0 32px 16px;color:#10202d;font-weight:600">${said.sender}</td></tr>
<tr><td class="sheet ink" bgcolor="#ffffff" style="padding:32px;border:1px solid #d5e0e8;border-radius:16px;background:#ffffff;color:#10202d">
<h1 class="ink" style="margin:0 0 16px;font-size:26px;line-height:1.25;font-weight:600;color:#10202d">${said.heading}</h1>
${body}
</td></tr>
<tr><td class="ends quiet" style="padding:16px 32px 0;font-size:15px;color:#495c6b">${said.carried}</td></tr>
</table>
</main>
</body>
</html>
`
}

/** Returns the button of a mail, its hint, and its URL for copying. */
export function pressable(address: string, said: { yes: string; hint: string; byHand: string }): string {
  const url = escapeHtml(address)
  return `<table ${TABLE}><tr><td class="yes" align="center" bgcolor="#0b5a85" style="border-radius:12px;background:#0b5a85;mso-padding-alt:14px 20px"><a class="yes" href="${url}" style="display:block;padding:14px 20px;border-radius:12px;background:#0b5a85;color:#ffffff;font-size:17px;font-weight:600;line-height:1.3;text-decoration:none">${said.yes}</a></td></tr></table>
<p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">${said.hint}</p>
<p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">${said.byHand}<br><span style="font-size:14px"><a ${LINK} dir="ltr" href="${url}">${url}</a></span></p>`
}
