import type { RuntimeWords } from '../../../core/runtime-words.ts'

/** English. */
export default {
  heading: 'Email preferences',
  choose: 'Choose the {sender} emails you want at {address|your address}.',
  mailFor: 'These are the {sender} emails for {address|you}.',
  saved: 'Saved',
  ended: 'You will no longer get: {ended}',
  stopped: 'You are unsubscribed from all {sender} emails.',
  spoken: 'The language is changed.',
  stale: 'Already off before: {stale}',
  nothing: 'There was nothing to change.',
  asked: 'Check your inbox',
  askedMeans:
    'If we can email a confirmation, it is on its way to {address|you}. Nothing is turned on before you confirm it there. We send at most three of these emails a day.',
  undone: 'Undone',
  undoneMeans: 'What your last step changed is back as it was.',
  undo: 'Undo',
  refused: 'The rest was not changed. Please try again later.',
  off: 'All {sender} emails below are off.',
  stillRequired: 'Emails marked as required may still come.',
  paused: 'Paused until {pausedUntil}.',
  pausedMeans: 'Until then, only emails marked as required come.',
  pausedAfter: 'After that, the emails ticked below start again.',
  topics: 'Emails',
  save: 'Save changes',
  stop: 'Unsubscribe from all',
  stopMeans: 'This includes emails {sender} adds later.',
  pause: 'Pause emails',
  pauseLonger: 'Pause for longer',
  days: { one: '{count} day', other: '{count} days' },
  askMeans:
    'To turn an email on, we first send you a link to confirm it. Nothing is turned on before you confirm.',
  back: 'To subscribe again',
  backMeans:
    'A link in an email can only turn emails off, so that nobody who gets hold of it can sign you up. To get some of them again, sign up with {sender} again.',
  blockedMeans:
    'Some of these emails cannot be turned on from here, nor by signing up again. What keeps them away, and what of that you can take back, is on the page of your data: its link is at the end of this page.',
  gpc: 'Your browser asks that your data is not sold or shared (Global Privacy Control).',
  gpcSoon: 'We respect that here, and record it with whatever you do next.',
  gpcRecord: 'Record it now',
  gpcRecorded: 'Recorded for {sender}: your data may not be sold or shared.',
  language: 'Language',
  why: 'Why do I get these emails?',
  whyMeans:
    'This link may have been passed on. So the reason, and what was chosen when and where, is shown only after an email to your own address.',

  runtime: {
    leaving: 'Will be turned off',
    off: 'Off',
    pending: 'Not confirmed',
    pendingWhy: 'Asked for, and not sent before you confirm it by the link in the email about it.',
    required: 'Required',
    requiredWhy: 'Sent because of something you did, such as an order, so it cannot be turned off here.',
    ask: 'Turn on',
  } satisfies RuntimeWords['preferences'],
}
