import type { RuntimeWords } from '../../../core/runtime-words.ts'

/** English. */
export default {
  heading: 'What {sender} may send you',
  saved: 'Saved.',
  savedMeans: 'Your choice is effective now.',
  off: 'Everything is off.',
  offMeans:
    '{sender} may not send any of the mail below to {address|you}, except what is marked as required.',
  paused: 'Paused until {pausedUntil}.',
  pausedMeans: 'Until then only what is marked as required comes.',
  pausedAfter: 'After that, what is on below comes again by itself.',
  mailFor: 'This is the mail for {address|you}.',
  untick: 'Untick what you no longer want, then save.',
  topics: 'Topics',
  save: 'Save',
  break: 'Need a break?',
  pauseFor: 'Pause everything for',
  days: { one: '{count} day', other: '{count} days' },
  pause: 'Pause',
  done: 'Done with all of it?',
  doneMeans: 'This turns off every topic, also those {sender} may add later.',
  stop: 'Stop everything',
  back: 'Coming back',
  backMeans:
    'A link in a mail can only make mail less, so that nobody who gets hold of it can sign you up. To turn something on again, sign up with {sender} again.',
  blockedMeans:
    'Some of this mail cannot be turned on from here, nor by signing up again. What keeps it away, and what of that you can take back, is on the page of your data, by the link at the end of this page.',

  ended: 'Turned off: {ended}',
  stale: 'Turned off elsewhere in the meantime, and left off: {stale}',
  nothing: 'Nothing needed to change.',
  asked: 'Look into your inbox.',
  askedMeans:
    'If a confirmation can be mailed, it is on its way to {address|you}. Nothing is turned on before you press the button there. There are at most three such mails a day.',
  undone: 'Undone.',
  undoneMeans: 'What your last step changed is back as it was.',
  undo: 'Undo',
  undoFor: 'You can take this back for half an hour.',
  pausedEnds: 'It ends by itself on that day. Only Undo, right after pausing, ends it sooner.',
  askMeans:
    'A link in a mail can only make mail less. To turn something on, we first mail you a button, and nothing is sent before you press it.',
  gpc: 'Your browser asks that nothing about you is sold or shared (Global Privacy Control).',
  gpcSoon: 'That is heeded here, and recorded with whatever you do next.',
  gpcRecord: 'Record it now',
  gpcRecorded: 'Recorded for {sender}: nothing about you may be sold or shared.',
  language: 'Language',
  languageLabel: 'Show these pages and mails in',
  languageSave: 'Change',
  history: 'What was chosen before',
  historyMeans:
    'Why you get this mail, and what was chosen when and where, is shown only after a mail to your own address: this link may have been passed on.',

  runtime: {
    on: 'On',
    leaving: 'Off once you save',
    off: 'Off',
    pending: 'Not confirmed',
    pendingWhy: 'Asked for, and not sent before you confirm it by the link in the mail about it.',
    required: 'Required',
    requiredWhy: 'Sent only because of something you did, such as an order, so it cannot be turned off here.',
    ask: 'Turn on by mail',
  } satisfies RuntimeWords['preferences'],
}
