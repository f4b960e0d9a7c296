import { dayIn, directionOf, type Locale } from '../core/locale.ts'
import { escapeHtml } from '../http/page.ts'
import { type Words, wordsOf } from './words.ts'

/** What the one mail of a sign-up is made of. */
export interface ConfirmationMail {
  locale: Locale
  sender: string
  company: string
  /** One or more. */
  topics: { displayName: string; description: string }[]
  /** The host of the page where the address was entered; undefined when unknown. */
  source: string | undefined
  /** Milliseconds since 1970 UTC. */
  requestedAt: number
  expiresAt: number
  confirmUrl: string
  cancelUrl: string
  notice: { name: string; version: string; url: string } | undefined
}

const SUBJECT_MAX = 100
/** Columns of plain text (RFC 5322 §2.1.1 asks for 78; a reply's quote marks need some). */
const COLUMNS = 72

/** Returns a confirmation mail: no image, nothing from elsewhere, and no link but confirm, cancel and the notice. */
export function confirmationMail(mail: ConfirmationMail): { subject: string; text: string; html: string } {
  const words = wordsOf(mail.locale)
  const apart = isolated(mail.locale)
  const name = oneLine(mail.sender)
  const room = SUBJECT_MAX + name.length - words.subject(apart(name)).length
  const subject = words.subject(apart(shortened(name, room)))
  return {
    subject,
    text: plainText(
      mail,
      sentences(mail, words, name => apart(unlinked(name))),
    ),
    html: markup(mail, subject, sentences(mail, words, marked)),
  }
}

type Sentences = ReturnType<typeof sentences>

/** Fills the words in. `name` makes what others wrote fit for its place. */
function sentences(mail: ConfirmationMail, words: Words, name: (text: string) => string) {
  const sender = name(mail.sender)
  const { notice } = mail
  return {
    ...words,
    sender,
    heading: words.heading(sender),
    asked: words.asked(
      dayIn(mail.locale, mail.requestedAt),
      sender,
      mail.source === undefined ? undefined : name(mail.source),
    ),
    hint: words.hint(dayIn(mail.locale, mail.expiresAt)),
    noMeans: words.noMeans(sender),
    notice: notice && { said: words.notice(name(notice.name), name(notice.version)), url: notice.url },
    carried: words.carried(mail.sender === mail.company ? sender : `${sender} (${name(mail.company)})`),
  }
}

/** A line end would begin a header or a paragraph of its own, and a bidi control turns the words around it. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()

/** Mail programs make links of whatever looks like one: a name must not become a second place to press. */
const unlinked = (text: string): string =>
  oneLine(text).replace(/(?<=[^ ])[.:/@](?=[^ ])/gu, character => `${character}\u200c`)

/** A name in markup, whatever its direction. */
const marked = (text: string): string => `<bdi>${escapeHtml(unlinked(text))}</bdi>`

const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u

/** Sets a name apart from the direction of the words around it (Unicode UAX 9, FSI and PDI), where plain text needs that. */
const isolated =
  (locale: Locale) =>
  (text: string): string =>
    directionOf(locale) === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text

function shortened(text: string, max: number): string {
  if (text.length <= max) return text
  let short = ''
  for (const character of text) {
    if (short.length + character.length >= max) break
    short += character
  }
  return `${short.trimEnd()}…`
}

function plainText(mail: ConfirmationMail, said: Sentences): string {
  const blocks = [
    wrapped(said.heading),
    wrapped(said.asked),
    // Not isolated: a line's own first letter is to decide its direction.
    ...mail.topics.map(
      topic =>
        `${wrapped(unlinked(topic.displayName), '* ', '  ')}\n${wrapped(unlinked(topic.description), '  ')}`,
    ),
    wrapped(said.ifYou),
    `${wrapped(said.yes)}\n${mail.confirmUrl}`,
    wrapped(said.hint),
    wrapped(said.silence),
    `${wrapped(said.no)}\n${mail.cancelUrl}\n${wrapped(said.noMeans)}`,
    ...(said.notice ? [`${wrapped(said.notice.said)}\n${said.notice.url}`] : []),
    wrapped(said.takeBack),
    wrapped(said.carried),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** Characters that take two columns and need no space to end a line. */
const WIDE =
  '\\u2e80-\\u3000\\u3003-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff01-\\uff60\\p{Emoji_Presentation}'
/** What stays in one piece: a word or an isolated name or a wide character, with the punctuation that may not begin or end a line. */
const PIECE = new RegExp(
  ` *[「（]*(?:[^ \\u2068${WIDE}]*\\u2068[^\\u2069]*\\u2069[^ ${WIDE}]*|[${WIDE}]|[^ \\u2068${WIDE}]+)[、。」），：？ー]*`,
  'gu',
)
const IS_WIDE = new RegExp(`[${WIDE}、。]`, 'u')

const columns = (text: string): number =>
  [...text].reduce((sum, character) => sum + (IS_WIDE.test(character) ? 2 : 1), 0)

/** Breaks a paragraph into lines of at most 72 columns, the first behind `first`, the others behind as much. */
function wrapped(text: string, first = '', others = first): string {
  const lines = ['']
  // A word longer than a line is cut: no paragraph may run out of the window.
  for (const part of (text.match(PIECE) ?? []).flatMap(piece => piece.match(/.{1,64}/gu) ?? [])) {
    const line = lines.at(-1)!
    if (line === '' || first.length + columns(line + part) > COLUMNS) lines.push(part.trimStart())
    else lines[lines.length - 1] = line + part
  }
  return lines
    .slice(1)
    .map((line, i) => (i === 0 ? first : others) + line)
    .join('\n')
}

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
const LINK = 'class="link" style="color:#0b5a85;overflow-wrap:anywhere;word-break:break-word"'

/** Mail programs drop what they like of this, the style element first: inline styles stand alone, and so does none at all. */
function markup(mail: ConfirmationMail, subject: string, said: Sentences): string {
  const direction = directionOf(mail.locale)
  const confirmUrl = escapeHtml(mail.confirmUrl)
  const topics = mail.topics.map(
    ({ displayName, description }) =>
      `<li class="line" style="margin:0;padding:12px 0;border-bottom:1px solid #d5e0e8"><strong style="font-weight:600">${marked(displayName)}</strong><br><span class="quiet" style="display:block;color:#495c6b;font-size:15px">${marked(description)}</span></li>`,
  )
  return `<!doctype html>
<html lang="${mail.locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(subject)}</title>
<style>
${STYLE}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#edf3f7">
<div style="display:none;max-height:0;overflow:hidden">${said.preview}</div>
<main class="ground" style="display:block;padding:24px 12px;background:#edf3f7">
<table role="presentation" lang="${mail.locale}" dir="${direction}" align="center" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px;table-layout:fixed;margin:0 auto;font-family:${FONT};font-size:17px;line-height:1.5;overflow-wrap:anywhere;word-break:break-word">
<tr><td class="ends ink" style="padding:0 32px 16px;color:#10202d;font-weight:600">${said.sender}</td></tr>
<tr><td class="sheet ink" bgcolor="#ffffff" style="padding:32px;border:1px solid #d5e0e8;border-radius:16px;background:#ffffff;color:#10202d">
<h1 class="ink" style="margin:0 0 16px;font-size:26px;line-height:1.25;font-weight:600;color:#10202d">${said.heading}</h1>
<p style="margin:0 0 12px">${said.asked}</p>
<ul class="line" style="margin:0 0 20px;padding:0;border-top:1px solid #d5e0e8;list-style:none">
${topics.join('\n')}
</ul>
<p style="margin:0 0 16px">${said.ifYou}</p>
<table ${TABLE}><tr><td class="yes" align="center" bgcolor="#0b5a85" style="border-radius:12px;background:#0b5a85;mso-padding-alt:14px 20px"><a class="yes" href="${confirmUrl}" style="display:block;padding:14px 20px;border-radius:12px;background:#0b5a85;color:#ffffff;font-size:17px;font-weight:600;line-height:1.3;text-decoration:none">${said.yes}</a></td></tr></table>
<p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">${said.hint}</p>
<p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">${said.byHand}<br><span style="font-size:14px"><a ${LINK} dir="ltr" href="${confirmUrl}">${confirmUrl}</a></span></p>
<p class="line" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8">${said.silence}</p>
<p style="margin:16px 0 0"><a ${LINK} href="${escapeHtml(mail.cancelUrl)}"><strong style="font-weight:600">${said.no}</strong></a><br>${said.noMeans}</p>
<p class="line quiet" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8;font-size:15px;color:#495c6b">${said.notice ? `<a ${LINK} href="${escapeHtml(said.notice.url)}">${said.notice.said}</a><br>` : ''}${said.takeBack}</p>
</td></tr>
<tr><td class="ends quiet" style="padding:16px 32px 0;font-size:15px;color:#495c6b">${said.carried}</td></tr>
</table>
</main>
</body>
</html>
`
}
