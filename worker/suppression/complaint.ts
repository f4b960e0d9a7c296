import { REASONS } from '../../core/codes/reason.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import { type Sight, viewOf } from './view.ts'

/** Returns the complaints that suppress mail of a workspace. */
export const complaintsWithin = (
  rows: readonly SuppressionRow[],
  sight: Sight,
  now: number,
): SuppressionRow[] => rows.filter(row => row.reason === REASONS.complained && viewOf(row, sight, now))
