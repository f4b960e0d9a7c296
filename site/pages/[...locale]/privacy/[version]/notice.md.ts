import type { APIRoute } from 'astro'
import { type NoticeText, privacyNotice } from '../../../../notices.ts'

/** Serves the exact text of each version in each language, to compare with the digest in a consent. */
export async function getStaticPaths() {
  return (await privacyNotice()).flatMap(({ version, texts }) =>
    Object.values(texts).map(({ language, text }) => ({
      params: { locale: language === 'en' ? undefined : language.toLowerCase(), version },
      props: { text },
    })),
  )
}

export const GET: APIRoute<Pick<NoticeText, 'text'>> = ({ props }) => new Response(props.text)
