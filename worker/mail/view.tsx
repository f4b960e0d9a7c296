import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { directionOf, type Locale } from '../../core/locale.ts'
import type { Markup } from '../http/markup.ts'

// Without quotes, `>` and `&`: they are escaped as in any text, and a style element reads no entities.
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
const LINK = {
  class: 'link',
  style: 'color:#0b5a85;overflow-wrap:anywhere;word-break:break-word',
}

/** Text of others, by its place in a sentence. */
export type Names = Readonly<Record<string, string>>

/** A sentence with names in its places, such as `{sender}`, each isolated from the direction of the words around it. */
export const Sentence = ({ of, names }: { of: string; names: Names }): Markup => (
  <>{of.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : <bdi>{names[part]}</bdi>))}</>
)

/** The words of a mail's frame. */
interface Around {
  locale: Locale
  subject: string
  /** Text that an inbox shows beside the subject. */
  preview: string
  heading: string
  carried: string
}

interface Pressable {
  url: string
  yes: string
  hint: string
  byHand: string
}

/** The data of a mail whose link opens a recipient's data or confirms a new address. Its sentences have places for names. */
export interface RightsScene {
  names: Names
  said: Around & Omit<Pressable, 'url'> & { asked: string; silence: string }
  url: string
}

/** The data of a confirmation mail. */
export interface ConfirmationScene {
  names: Names
  said: RightsScene['said'] & { ifYou: string; no: string; noMeans: string; takeBack: string }
  topics: { displayName: string; description: string }[]
  confirmUrl: string
  cancelUrl: string
  notice: { said: string; url: string } | undefined
}

export const rightsPage = ({ said, names, url }: RightsScene): Markup => (
  <Sheet said={said} names={names}>
    <p style="margin:0 0 16px">
      <Sentence of={said.asked} names={names} />
    </p>
    <Button {...said} url={url} />
    <p class="line" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8">
      {said.silence}
    </p>
  </Sheet>
)

export const confirmationPage = (scene: ConfirmationScene): Markup => {
  const { said, names, topics, confirmUrl, cancelUrl, notice } = scene
  return (
    <Sheet said={said} names={names}>
      <p style="margin:0 0 12px">
        <Sentence of={said.asked} names={names} />
      </p>
      <ul class="line" style="margin:0 0 20px;padding:0;border-top:1px solid #d5e0e8;list-style:none">
        {topics.map(({ displayName, description }) => (
          <li class="line" style="margin:0;padding:12px 0;border-bottom:1px solid #d5e0e8">
            <strong style="font-weight:600">
              <bdi>{displayName}</bdi>
            </strong>
            <br />
            <span class="quiet" style="display:block;color:#495c6b;font-size:15px">
              <bdi>{description}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <p style="margin:0 0 16px">{said.ifYou}</p>
      <Button {...said} url={confirmUrl} />
      <p class="line" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8">
        {said.silence}
      </p>
      <p style="margin:16px 0 0">
        <a {...LINK} href={cancelUrl}>
          <strong style="font-weight:600">{said.no}</strong>
        </a>
        <br />
        <Sentence of={said.noMeans} names={names} />
      </p>
      <p
        class="line quiet"
        style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8;font-size:15px;color:#495c6b"
      >
        {notice && (
          <>
            <a {...LINK} href={notice.url}>
              <Sentence of={notice.said} names={names} />
            </a>
            <br />
          </>
        )}
        {said.takeBack}
      </p>
    </Sheet>
  )
}

/**
 * The HTML of a mail. Mail clients drop parts of it, the style element first; the mail stays readable with inline styles alone,
 * and without any.
 */
function Sheet({ said, names, children }: PropsWithChildren<{ said: Around; names: Names }>): Markup {
  const marks = { lang: said.locale, dir: directionOf(said.locale) }
  return (
    <>
      {raw('<!doctype html>')}
      <html {...marks}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
          <title>{said.subject}</title>
          <style>{STYLE}</style>
        </head>
        <body class="ground" style="margin:0;padding:0;background:#edf3f7">
          <div style="display:none;max-height:0;overflow:hidden">{said.preview}</div>
          <main class="ground" style="display:block;padding:24px 12px;background:#edf3f7">
            <table
              role="presentation"
              {...marks}
              align="center"
              width="560"
              cellpadding="0"
              cellspacing="0"
              border={0}
              style={`width:100%;max-width:560px;table-layout:fixed;margin:0 auto;font-family:${FONT};font-size:17px;line-height:1.5;overflow-wrap:anywhere;word-break:break-word`}
            >
              <tr>
                <td class="ends ink" style="padding:0 32px 16px;color:#10202d;font-weight:600">
                  <Sentence of="{sender}" names={names} />
                </td>
              </tr>
              <tr>
                <td
                  class="sheet ink"
                  bgcolor="#ffffff"
                  style="padding:32px;border:1px solid #d5e0e8;border-radius:16px;background:#ffffff;color:#10202d"
                >
                  <h1
                    class="ink"
                    style="margin:0 0 16px;font-size:26px;line-height:1.25;font-weight:600;color:#10202d"
                  >
                    <Sentence of={said.heading} names={names} />
                  </h1>
                  {children}
                </td>
              </tr>
              <tr>
                <td class="ends quiet" style="padding:16px 32px 0;font-size:15px;color:#495c6b">
                  <Sentence of={said.carried} names={names} />
                </td>
              </tr>
            </table>
          </main>
        </body>
      </html>
    </>
  )
}

/** The button of a mail, its hint, and its URL for copying. */
const Button = ({ url, yes, hint, byHand }: Pressable): Markup => (
  <>
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tr>
        <td
          class="yes"
          align="center"
          bgcolor="#0b5a85"
          style="border-radius:12px;background:#0b5a85;mso-padding-alt:14px 20px"
        >
          <a
            class="yes"
            href={url}
            style="display:block;padding:14px 20px;border-radius:12px;background:#0b5a85;color:#ffffff;font-size:17px;font-weight:600;line-height:1.3;text-decoration:none"
          >
            {yes}
          </a>
        </td>
      </tr>
    </table>
    <p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">
      {hint}
    </p>
    <p class="quiet" style="margin:12px 0 0;font-size:15px;color:#495c6b">
      {byHand}
      <br />
      <span style="font-size:14px">
        <a {...LINK} dir="ltr" href={url}>
          {url}
        </a>
      </span>
    </p>
  </>
)
