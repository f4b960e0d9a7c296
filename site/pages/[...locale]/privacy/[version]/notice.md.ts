import type { APIRoute } from 'astro'
import { type NoticeText, privacyNotice } from '../../../../notices.ts'

/** The exact text of each version in each of its languages: whoever has a consent's digest can hold it against this. */
export async function getStaticPaths() {
  return (await privacyNotice()).flatMap(({ version, texts }) =>
    Object.values(texts).map(({ language, text }) => ({
      params: { locale: language === 'en' ? undefined : language.toLowerCase(), version },
      props: { text },
    })),
  )
}

export const GET: APIRoute<Pick<NoticeText, 'text'>> = ({ props }) => new Response(props.text)
