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

  told: {
    on: 'On',
    leaving: 'Off once you save',
    offSince: 'Off since {day}',
    never: 'Not subscribed',
    pending: 'Not confirmed',
    pendingWhy: 'Asked for, and not sent before you confirm it by the link in the mail about it.',
    required: 'Required',
    requiredWhy: 'Sent only because of something you did, such as an order, so it cannot be turned off here.',
  },
}
