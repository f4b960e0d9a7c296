/** English. */
export default {
  title: 'Unsubscribe from {topic} · {sender}',
  heading: 'Unsubscribe from {topic}?',
  sends: '{sender} may then no longer send it to {address|you}.',
  leave: 'Unsubscribe',
  stopAll: 'Unsubscribe from all {sender} emails',
  already: 'You are already unsubscribed',
  alreadyTopic: '{topic} from {sender} no longer goes to {address|you}.',
  alreadyAll: 'No news or offers from {sender} go to {address|you}. There is nothing more to do.',
  instead: 'Choose what you get instead',
  hint: 'Nothing changes until you press a button.',
  seeOff: 'See what is off',

  owedTitle: '{topic} · {sender}',
  owed: '{topic} cannot be turned off here',
  owedMeans:
    '{sender} sends these emails to {address|you} because of something you did, such as an order. They go on, whatever you choose here.',
  owedAsk: 'If you do not want them, ask {sender}: reply to one of these emails, or write to them.',
  owedNoted: 'Your choice is recorded.',
  keptMeans: 'This takes effect now. We cannot show you more at the moment.',

  doneTitle: 'Unsubscribed · {sender}',
  done: 'You are unsubscribed',
  doneTopic: '{sender} will not send {topic} to {address|you} any more.',
  doneAll: 'You are unsubscribed from everything',
  doneAllMeans: '{sender} will not send news or offers of any kind to {address|you} any more.',
  before: 'You were already unsubscribed',
  beforeTopic: '{topic} from {sender} no longer goes to {address|you}. Nothing needed to change.',
  beforeAll: 'No news or offers from {sender} go to {address|you}. Nothing needed to change.',
  effective: 'This is effective now. An email that was already on its way may still arrive.',
  needed: 'Unsubscribing does not stop emails about your orders or your account.',
  mistake: 'Not what you meant?',
  undo: 'Undo',
  still: 'Choose what you still get',

  undoneTitle: 'Undone · {sender}',
  undone: 'Undone',
  undoneTopic:
    '{topic} from {sender} to {address|you}: everything is as if you had never pressed the button.',
  undoneAll: '{sender} may write to {address|you} as before. What you had turned off earlier stays off.',
  undoneStays:
    'Your last step is undone. Emails from {sender} to {address|you} stay off, for something you or they decided at another time.',
  changedMind: 'Changed your mind?',
  again: 'Unsubscribe again',
}
