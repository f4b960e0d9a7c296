import type { APIRoute } from 'astro'
import { type NoticeText, privacyNotice } from '../notices.ts'
import { publicPath } from '../public-page.ts'

const asset = ({ language, version, sha256 }: NoticeText) => ({
  url: publicPath(language, `privacy/${version}/`),
  text: publicPath(language, `privacy/${version}/notice.md`),
  sha256,
})

/** Serves the published versions with their digests, which consents refer to. */
export const GET: APIRoute = async () => {
  const versions = (await privacyNotice()).map(({ version, effective, binding, texts }) => ({
    name: 'privacy',
    version,
    effective: effective.toISOString().slice(0, 10),
    ...asset(binding),
    translations: Object.fromEntries(
      Object.values(texts)
        .filter(text => text !== binding)
        .map(text => [text.language, asset(text)]),
    ),
  }))
  return new Response(`${JSON.stringify({ notices: versions }, null, 2)}\n`)
}
