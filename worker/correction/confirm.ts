import { toBase64Url } from '../../core/bytes.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import { isOfMarketing, reasonOf } from '../../core/codes/reason.ts'
import { workspaceScope } from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import { newRef } from '../../core/id.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import { keepAddressOf } from '../../db/address.ts'
import { appendIfChanged } from '../../db/event.ts'
import { demandKey, recipientKeyOf } from '../../db/recipient-key.ts'
import { endAccess, useLink } from '../../db/rights-link.ts'
import { keepRequest } from '../../db/rights-request.ts'
import { moveSubscriptions, succeed } from '../../db/succession.ts'
import { type SuppressionRow, suppress, suppressionsOf } from '../../db/suppression.ts'
import { workspacesOf } from '../../db/tenant.ts'
import type { ActorContext } from '../call/context.ts'
import type { Former } from '../consent/history.ts'
import { sealer, whileKeysAreMade } from '../consent/seal.ts'
import type { ClientEvidence } from '../http/request.ts'
import type { RightsDeps } from '../rights/deps.ts'
import { linkContext } from '../rights/link.ts'
import { rightsEvent, toBeAnswered } from '../rights/record.ts'
import { type Stop, stopRecords } from '../suppression/statements.ts'
import { type OpenedCorrection, openCorrection } from './correction.ts'

/**
 * Confirms a new address, once, and moves its recipient there in one act: subscriptions, suppressions and evidence. Where the
 * new address already has a state, the stricter one stands. The old address is forgotten, keeps its suppressions and gets an
 * unsubscribe of each workspace; the sender is asked to correct its own records. Throws `token.invalid`,
 * `rights_link.expired`, `database.unavailable`.
 */
export const confirmCorrection = (
  ctx: ActorContext<RightsDeps>,
  token: string,
  press: ClientEvidence,
): Promise<OpenedCorrection> => whileKeysAreMade(() => attempt(ctx, token, press))

async function attempt(
  ctx: ActorContext<RightsDeps>,
  token: string,
  press: ClientEvidence,
): Promise<OpenedCorrection> {
  const opened = await openCorrection(ctx, token)
  const { row, address, formerAddress } = opened
  if (opened.standing !== 'open' || address === undefined) return opened
  const [suppressions, workspaces, [formerKey], [key]] = await ctx.db.read('fresh', [
    suppressionsOf(row.addressId),
    workspacesOf(row.tenant),
    recipientKeyOf(row.addressId),
    recipientKeyOf(row.successorId!),
  ])
  const at = ctx.clock()
  const { tenant, workspace, addressId: formerId } = row
  const addressId = row.successorId!
  const request = newRef()
  const left = rightsEvent(ctx, row, 'rights.address_left', request, at)
  const former: Former = formerKey
    ? {
        formerId: toBase64Url(formerId),
        formerKey: (await RecipientCipher.open(ctx.cipher, tenant, formerId, formerKey.wrapped)).text(),
      }
    : {}
  const { entry, keep } = await sealer(ctx, key ? [key] : [])(
    rightsEvent(ctx, { tenant, workspace, addressId }, 'rights.address_corrected', request, at),
    { ...press, ...former },
  )
  const stop = (wanted: Stop, stands?: SuppressionRow): WriteBatch => {
    const { row, entry: added } = stopRecords(ctx, wanted)
    return suppress({ ...row, ...(stands && { at: stands.at, chosenAt: stands.chosenAt }) }, added, entry.id)
  }
  const common = { at, tenant, workspace, via: 'rights' } as const
  const addresses = JSON.stringify({ address, ...(formerAddress && { formerAddress }) })
  await ctx.db.commit(
    [
      ...useLink(row.ref, left),
      appendIfChanged(entry),
      ...keep,
      ...(formerKey ? [demandKey(formerKey, entry.id)] : []),
      ...suppressions
        .filter(({ until }) => until === null || until > at)
        .flatMap(one =>
          stop(
            {
              ...common,
              addressId,
              scope: one.scope,
              reason: reasonOf(one.reason),
              ofMarketing: isOfMarketing(one.reason),
              source: sourceOf(one.source),
              until: one.until,
            },
            one,
          ),
        ),
      // A new owner of the old address never asked for this mail.
      ...workspaces.flatMap(({ number }) =>
        stop({
          ...common,
          workspace: number,
          addressId: formerId,
          scope: workspaceScope(number),
          reason: 'unsubscribed',
          source: 'recipient',
          until: null,
        }),
      ),
      ...moveSubscriptions(tenant, formerId, addressId, entry.id),
      ...succeed({ formerId, addressId, tenant, at }, formerKey, entry.id),
      keepAddressOf(
        {
          addressId,
          tenant,
          sealed: await ctx.cipher.encrypt(tenant, addressId, address),
          createdAt: at,
        },
        entry.id,
      ),
      keepRequest(
        toBeAnswered(
          { tenant, workspace, addressId },
          'rectification',
          request,
          entry,
          row.regimes,
          await ctx.cipher.encrypt(tenant, linkContext(request), addresses),
        ),
      ),
      ...endAccess(formerId, entry.id),
    ],
    'results',
  )
  return openCorrection(ctx, token)
}
