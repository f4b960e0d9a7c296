import { countChange, forgetChanges, mayChange, nextChangeAt } from '../../../db/preference-allowance.ts'
import {
  chooseLanguage,
  chosenLanguage,
  languagesOf,
  optOutOfSale,
  saleOptOutOf,
} from '../../../db/recipient-choice.ts'
import { countMail, forgetMails } from '../../../db/recipient-mail.ts'
import { createForm, endForm, formByRef, formOf, formsOf, signUpsOfDay } from '../../../db/signup-form.ts'
import {
  allSubscriptionsOf,
  end,
  expire,
  grant,
  restore,
  runOut,
  subscriptionsAmong,
  subscriptionsOf,
} from '../../../db/subscription.ts'
import { mailAgain, mailBacklog, mailDone, takeMail } from '../../../db/subscription-mail.ts'
import { isRefusing, liftRefusals } from '../../../db/subscription-refusal.ts'
import {
  confirm,
  confirmedRequestsOf,
  mailDue,
  openRequestOf,
  type RequestRow,
  refuse,
  request,
  requestByRef,
  requestRanOut,
  unconfirmed,
} from '../../../db/subscription-request.ts'
import { erase, moveSubscriptions, succeed, successorsOf } from '../../../db/succession.ts'
import {
  about,
  type Calls,
  ENTRY,
  ID,
  NOW,
  OTHER_ID,
  RECIPIENTS,
  REF,
  TENANTS,
  UUID,
  WORKSPACES,
} from './values.ts'

const changer = { addressId: ID, workspace: 1, tenant: 1 }
/** The condition that a link of a mail may change something. */
export const MAY_CHANGE = mayChange(changer, NOW)
const TRUE = { sql: 'TRUE', args: [] }

const row = {
  topic: 1,
  addressId: ID,
  state: 2,
  at: NOW,
  until: NOW,
  basis: 1,
  givenAt: NOW,
  stateBefore: null,
  endedAt: null,
}
const asked: RequestRow = {
  ref: REF,
  addressId: ID,
  tenant: 1,
  workspace: 1,
  topics: [1],
  basis: 1,
  notice: 'privacy',
  noticeVersion: '1',
  sourceHost: 'example.com',
  locale: 'en',
  state: 1,
  requestedAt: NOW,
  closedAt: null,
  mailDueAt: NOW,
  mailAttempts: 0,
  givenToSender: 0,
  returnUrl: null,
  form: REF,
}
const form = {
  ref: REF,
  tenant: 1,
  workspace: 1,
  settings: {
    name: 'Footer',
    topics: [1],
    notice: { name: 'privacy', version: '1' },
    wording: 'Yes',
    pageUrl: 'https://example.com/',
    origins: [],
    locale: 'en',
    returnUrl: null,
    perDay: 100,
  },
  madeBy: null,
  createdAt: NOW,
}
const choice = { addressId: ID, tenant: 1, locale: 'en' } as const
const mail = { addressId: ID, at: NOW, ref: REF, tenant: 1 }
const formerKey = { addressId: ID, tenant: 1, wrapped: UUID, createdAt: NOW }
const moved = { formerId: ID, addressId: OTHER_ID, tenant: 1, at: NOW }
const { 'workspace of a form': _, ...WORKSPACES_OF_LINKS } = WORKSPACES

/** Statements about subscriptions, sign-ups and what recipients chose. */
export const subscriptions: Calls = {
  ...about('subscription: subscriptionsOf', WORKSPACES_OF_LINKS, workspace => subscriptionsOf(workspace, ID)),
  ...about('subscription: subscriptionsOf', RECIPIENTS, id => subscriptionsOf(1, id)),
  'subscription: subscriptionsOf, of a sign-up': subscriptionsOf(
    WORKSPACES['workspace of a sign-up'],
    RECIPIENTS['recipient of a sign-up'],
  ),
  ...about('subscription: allSubscriptionsOf', TENANTS, tenant => allSubscriptionsOf(tenant, ID)),
  'subscription: allSubscriptionsOf, of a link': allSubscriptionsOf(
    TENANTS['tenant of a link'],
    RECIPIENTS['recipient of a link'],
  ),
  'subscription: subscriptionsAmong': subscriptionsAmong(1, ID),
  'subscription: runOut': runOut(NOW, 100),
  'subscription: expire': expire(row, ENTRY),
  'subscription: end, a topic, in a batch': end({ topic: 1 }, ENTRY, UUID),
  'subscription: end, a workspace, in a batch': end({ workspace: 1 }, ENTRY, UUID),
  'subscription: restore, a topic': restore({ topic: 1 }, NOW, ENTRY, TRUE),
  'subscription: restore, a workspace, if it may change': restore({ workspace: 1 }, NOW, ENTRY, MAY_CHANGE),
  'subscription: grant': grant(row, ENTRY),
  'subscription-request: requestByRef': requestByRef(REF),
  'subscription-request: openRequestOf': openRequestOf(1, ID, NOW, REF),
  'subscription-request: confirmedRequestsOf': confirmedRequestsOf(ID),
  'subscription-request: mailDue': mailDue(NOW, 100),
  'subscription-request: unconfirmed': unconfirmed(NOW, 100),
  'subscription-request: request': request(asked, { workspace: 9, forms: 5, form: 3 }, ENTRY),
  'subscription-request: confirm': confirm(asked, { topics: [1], bindsAfter: 0, until: null }, ENTRY),
  'subscription-request: refuse': refuse(asked, ENTRY),
  'subscription-request: requestRanOut': requestRanOut(asked, ENTRY),
  'subscription-mail: mailBacklog': mailBacklog(NOW),
  'subscription-mail: takeMail': takeMail(asked, NOW),
  'subscription-mail: mailAgain': mailAgain(REF, NOW),
  'subscription-mail: mailDone': mailDone(REF, ENTRY),
  ...about('subscription-refusal: isRefusing', WORKSPACES_OF_LINKS, workspace =>
    isRefusing(workspace, ID, NOW),
  ),
  ...about('subscription-refusal: isRefusing', RECIPIENTS, id => isRefusing(1, id, NOW)),
  'subscription-refusal: isRefusing, of a sign-up': isRefusing(
    WORKSPACES['workspace of a sign-up'],
    RECIPIENTS['recipient of a sign-up'],
    NOW,
  ),
  'subscription-refusal: liftRefusals': liftRefusals(ENTRY),
  'signup-form: formByRef': formByRef(REF),
  'signup-form: formsOf': formsOf(1),
  'signup-form: formOf': formOf(1, REF),
  'signup-form: signUpsOfDay': signUpsOfDay(REF, 1, NOW),
  'signup-form: createForm': createForm(form, ENTRY),
  'signup-form: endForm': endForm(REF, ENTRY),
  ...about('recipient-choice: chosenLanguage', RECIPIENTS, chosenLanguage),
  'recipient-choice: languagesOf': languagesOf(1, ID),
  'recipient-choice: saleOptOutOf': saleOptOutOf(ID),
  'recipient-choice: optOutOfSale': optOutOfSale(choice, ENTRY),
  'recipient-choice: chooseLanguage': chooseLanguage(choice, ENTRY),
  'recipient-choice: chooseLanguage, if it may change': chooseLanguage(choice, ENTRY, MAY_CHANGE),
  'preference-allowance: nextChangeAt': nextChangeAt(changer, NOW),
  'preference-allowance: countChange': countChange(changer, NOW, [UUID, UUID]),
  'preference-allowance: forgetChanges': forgetChanges(NOW),
  'recipient-mail: countMail': countMail(mail, UUID),
  'recipient-mail: forgetMails': forgetMails(NOW),
  'succession: successorsOf': successorsOf(ID),
  'succession: moveSubscriptions': moveSubscriptions(1, ID, OTHER_ID, UUID),
  'succession: succeed': succeed(moved, formerKey, UUID),
  'succession: succeed, without a key': succeed(moved, undefined, UUID),
  'succession: erase': erase(1, ID, ENTRY),
}
