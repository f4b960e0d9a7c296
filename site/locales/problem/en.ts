/** English. */
export default {
  whatToDo: 'What you can do',
  invalid: 'This link does not work',
  invalidWhy:
    'Part of it may be missing: mail programs sometimes cut a long link in two. Nothing was changed.',
  invalidCopy: 'Copy the entire link from the mail, to its very last letter, and open it again.',
  invalidAnswer: 'Or answer the mail and ask the sender to take you off.',
  unavailable: 'That did not work just now',
  unavailableWhy:
    'The fault is ours, not yours. Please do not count anything as done yet, and try again in a minute. Doing it twice does no harm.',
  retry: 'Try again',
  busy: 'That was a little too often',
  busyWhy: 'Nothing was changed. Please wait a minute and try again.',
  limited: 'That was changed too often today',
  limitedWhy:
    'The links in mails can change or take back only so much in a day. Nothing was changed now. It works again from {again}.',
  limitedStop: 'Unsubscribing and pausing always work.',
  tooLarge: 'That was too much to read',
  tooLargeWhy: 'The form held more than it has room for. Nothing was changed. Please open the page again.',
  expired: 'Too late to undo',
  expiredWhy: 'Undo works only for a short while after you unsubscribe. Nothing was changed now.',
  signUpAgain: 'If you would like this mail again, sign up with the sender again.',
  gone: 'This mail has ended',
  goneWhy: 'The sender no longer sends what this link was for, so there is nothing left to unsubscribe from.',
  goneNewest: 'If something still comes, use the link at the end of the newest mail.',
  formFull: 'This form is full for today',
  formFullWhy:
    'It takes only so many sign-ups in a day. Nothing was sent or kept. Please try again tomorrow.',
  formEnded: 'This form is no longer in use',
  formEndedWhy: 'The sender has ended it. Nothing was sent or kept.',
  unconfirmed: 'There is nothing to confirm here',
  unconfirmedWhy: 'What this link was for has come to its end. Nothing was changed.',
  notFound: 'There is no such page',
  notFoundWhy: 'The address may be mistyped. Nothing was changed.',
  notFoundCopy:
    'If you came from a mail, open its link again, or copy the entire link, to its very last letter.',
}
