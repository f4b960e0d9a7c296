import { type AddressForm, mailtoForm, returnPathForm } from '../../core/unsubscribe-headers.ts'
import type { MailedTopic } from '../../db/topic.ts'
import type { LinkNote } from './api.ts'

/** The forms of the tokens in a workspace's mail addresses; undefined where there is no such address. */
export interface AddressForms {
  mailto: AddressForm | undefined
  returnPath: AddressForm | undefined
}

/** Returns the forms that fit the mailboxes of a topic's workspace, for links as long as `url`. */
export const addressFormsOf = (
  { kind, unsubscribeMailbox, feedbackMailbox }: MailedTopic,
  url: string,
): AddressForms => ({
  mailto: kind === 'marketing' && unsubscribeMailbox ? mailtoForm(url, unsubscribeMailbox) : undefined,
  returnPath: feedbackMailbox ? returnPathForm(feedbackMailbox) : undefined,
})

/** Returns what a sender should know about addresses that are not of the form that survives every server. */
export function addressNotes(
  { kind, unsubscribeMailbox, feedbackMailbox }: MailedTopic,
  { mailto, returnPath }: AddressForms,
): LinkNote[] {
  const notes: LinkNote[] = []
  if (kind === 'marketing' && unsubscribeMailbox) {
    if (mailto === undefined) notes.push(NOTES.mailto_left_out)
    if (mailto === 'case_sensitive') notes.push(NOTES.mailto_case_sensitive)
  }
  if (feedbackMailbox) {
    if (returnPath === undefined) notes.push(NOTES.return_path_left_out)
    if (returnPath === 'case_sensitive') notes.push(NOTES.return_path_case_sensitive)
  }
  return notes
}

const note = (code: LinkNote['code'], message: string): LinkNote => ({ code, message })

const NOTES: Record<LinkNote['code'], LinkNote> = {
  mailto_case_sensitive: note(
    'mailto_case_sensitive',
    'The unsubscribe mailbox is too long for an address that survives servers which fold its case. The mailto stands in a shorter form that does not: a mailbox with up to 20 characters is better.',
  ),
  mailto_left_out: note(
    'mailto_left_out',
    'The unsubscribe mailbox or the host of the links is too long, or not plain ASCII: with a mailto, the List-Unsubscribe line would not stay intact. It has the https link alone.',
  ),
  return_path_case_sensitive: note(
    'return_path_case_sensitive',
    'The feedback mailbox is too long for a return path that survives servers which fold its case. It stands in a shorter form that does not: up to 16 characters before the @ are better.',
  ),
  return_path_left_out: note(
    'return_path_left_out',
    'The feedback mailbox is too long: with a token, no return path has the 64 characters before the @ that there may be.',
  ),
}
