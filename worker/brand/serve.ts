import { Fault } from '../../core/fault.ts'
import { brandFiles } from '../../db/brand.ts'
import type { Deps } from '../deps.ts'
import { type BrandFileName, brandFileName } from './brand.ts'

/**
 * Returns the style sheet or logo of a workspace's brand. Throws `route.not_found` for a file that never existed,
 * `database.unavailable`.
 */
export async function serveBrand(
  deps: Deps,
  text: string,
): Promise<{ name: BrandFileName; body: string | Uint8Array }> {
  const name = brandFileName(text)
  if (!name) throw new Fault({ code: 'route.not_found' })
  for (const freshness of ['may-lag', 'fresh'] as const) {
    const [[found]] = await deps.db.read(freshness, [brandFiles(name.workspace, name.digest)])
    const body = name.extension === 'css' ? found?.sheet : found?.logoType === name.extension && found.logo
    if (body) return { name, body }
    if (found) break
  }
  throw new Fault({ code: 'route.not_found' })
}
