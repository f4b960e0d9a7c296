import { runtimeWords } from '../../../locales/runtime-words.ts'
import { everyLocale, type InLocale } from '../../../locales/words.ts'

export const getStaticPaths = everyLocale

/** Words the Worker uses beyond pages; built beside the pages and read once by each isolate. */
export const GET = ({ props }: { props: InLocale }) =>
  new Response(JSON.stringify(runtimeWords(props.locale)))
