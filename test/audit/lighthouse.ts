import lighthouse from 'lighthouse'

/** Lighthouse scores of a page, of 100. */
export type Scores = Partial<Record<'accessibility' | 'best-practices' | 'seo' | 'performance', number>>

/** Runs Lighthouse on a page as a phone with a slow network. SEO is audited where the page may be indexed. */
export async function scoresOf(
  url: string,
  port: number,
  indexable: boolean,
): Promise<{ scores: Scores; faults: string[] }> {
  const onlyCategories = ['accessibility', 'best-practices', 'performance', ...(indexable ? ['seo'] : [])]
  const run = await lighthouse(url, { port, output: 'json', logLevel: 'silent', onlyCategories })
  if (!run || run.lhr.runtimeError)
    throw new Error(`${url}: ${run?.lhr.runtimeError?.message ?? 'no answer'}`)
  const { categories, audits } = run.lhr
  const scores = Object.fromEntries(
    Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  )
  const faults = Object.entries(categories)
    .filter(([name]) => name !== 'performance')
    .flatMap(([, { auditRefs }]) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id]!.score !== null && audits[id]!.score! < 1)
    .map(({ id }) => `${id}: ${audits[id]!.title}`)
  return { scores, faults }
}
