import { LINK_STATES } from '../../core/codes/rights.ts'
import { stateNow } from '../../core/codes/subscription.ts'
import { Fault } from '../../core/fault.ts'
import { publicRef } from '../../core/id.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { aboutLink, type LinkAndPlace, linkByRef, refuseLink } from '../../db/rights-link.ts'
import { allSubscriptionsOf } from '../../db/subscription.ts'
import { allTopicsOf } from '../../db/topic.ts'
import type { ActorContext } from '../call/context.ts'
import type { RightsDeps } from '../rights/deps.ts'
import { readLink } from '../rights/link.ts'
import { addressOf } from '../rights/mail.ts'
import { rightsEvent } from '../rights/record.ts'

/** The state of a correction: it can be confirmed, was confirmed, was refused, or expired. */
export type CorrectionStanding = 'open' | 'done' | 'refused' | 'expired'

/** A correction, loaded by the link that was mailed to the new address. */
export interface OpenedCorrection {
  row: LinkAndPlace
  standing: CorrectionStanding
  /** The new address; undefined once it is erased. */
  address: string | undefined
  formerAddress: string | undefined
  /** Display names of the confirmed topics that would move to the new address. */
  topics: string[]
  brand: BrandRow | undefined
}

/**
 * Loads a correction without changing anything. Throws `token.invalid`, `rights_link.expired` where the link is unknown,
 * `database.unavailable`.
 */
export async function openCorrection(deps: RightsDeps, token: string): Promise<OpenedCorrection> {
  const ref = readLink(deps, 'correction', token)
  if (!ref) throw new Fault({ code: 'token.invalid' })
  const about = aboutLink(ref)
  const [[row], subscriptions, topics, [brand]] = await deps.db.read('fresh', [
    linkByRef(ref),
    allSubscriptionsOf(about.tenant, about.addressId),
    allTopicsOf(about.tenant),
    brandOf(about.workspace),
  ])
  if (!row) throw new Fault({ code: 'rights_link.expired' })
  const to = await addressOf(deps, row)
  const now = deps.clock()
  return {
    row,
    standing: standingOf(row, to !== undefined, now),
    address: to?.address,
    formerAddress: to?.formerAddress,
    brand,
    topics: subscriptions.flatMap(one => {
      const topic = topics.find(({ number }) => number === one.topic)
      return topic && stateNow(one, now) === 'confirmed' ? [topic.displayName] : []
    }),
  }
}

function standingOf({ state, expiresAt }: LinkAndPlace, known: boolean, now: number): CorrectionStanding {
  if (state === LINK_STATES.used) return 'done'
  if (state === LINK_STATES.refused) return 'refused'
  return state === LINK_STATES.open && known && expiresAt! > now ? 'open' : 'expired'
}

/**
 * Refuses a correction ("this was not me"): nothing moves, and the new address is erased. Throws as `openCorrection` does.
 */
export async function refuseCorrection(
  ctx: ActorContext<RightsDeps>,
  token: string,
): Promise<OpenedCorrection> {
  const opened = await openCorrection(ctx, token)
  if (opened.standing !== 'open') return opened
  const { row } = opened
  const claimant = { ...row, addressId: row.successorId! }
  await ctx.db.commit(
    refuseLink(
      row.ref,
      rightsEvent(ctx, claimant, 'rights.correction_refused', publicRef(row.ref), ctx.clock()),
    ),
    'results',
  )
  // Where two clients press at once the first one counts, so the state is read again.
  return openCorrection(ctx, token)
}
