/** English. */
export default {
  title: 'Confirm mail from {sender}',
  heading: 'Shall {sender} write to you?',
  asked: 'Somebody asked for this mail to go to {address|you}. Nothing changes until you say yes here.',
  yes: 'Yes, send me this mail',
  no: 'This was not me',
  hint: 'Nothing changes until you press a button. The link works for 7 days.',

  refuseTitle: 'Was this not you? · {sender}',
  notYou: 'Was this not you?',
  notYouMeans: 'Somebody asked for this mail to go to {address|you}. If it was not you, say so here.',
  refuseMeans:
    '“This was not me” ends the request: {sender} may not send this mail to {address|you} and cannot ask you again for 30 days. Other mail stays as it is.',
  refuseKeeps:
    '“This was not me” ends the request: {sender} may not send this mail to {address|you}, except for what you confirmed before, and cannot ask you again for 30 days. Other mail stays as it is.',
  itWasMe: 'It was me: see what I would get',

  agree: 'What you would agree to',
  agreeMeans:
    '{sender} ({company}) would send you this by e-mail, as its notice says. You can take it back at any time, with one click in every mail.',
  notice: 'Read the notice ({notice}, version {version})',

  confirmedTitle: 'Confirmed · {sender}',
  confirmed: 'You are subscribed',
  confirmedMeans: '{sender} may now send this mail to {address|you}.',
  before: 'You have already confirmed',
  beforeMeans: '{sender} may send this mail to {address|you}. There is nothing more to do.',
  withheld: 'Your answer is recorded',
  withheldMeans: '{sender} may still not send this mail to {address|you}: something else keeps it away.',
  back: 'Back to {backHost}',
  mistake: 'Not what you meant?',
  takeBack: 'Take it back',
  yours: 'Yours to keep',
  receiptMeans:
    'A signed receipt says what you agreed to, when, and what you were shown. It names no address.',
  receiptHere: 'It can be downloaded here for half an hour, and later from your data.',
  receipt: 'Download the receipt',
  choose: 'Choose what you get',

  offTitle: 'Not subscribed · {sender}',
  refused: 'You are not subscribed',
  refusedMeans:
    'The request has ended. {sender} may not send this mail to {address|you}, and cannot ask you again for 30 days.',
  ended: 'You have unsubscribed',
  endedMeans: '{sender} no longer sends this mail to {address|you}.',
  lateTitle: 'Too late · {sender}',
  late: 'This link has run out',
  lateMeans: 'It worked for 7 days. Nothing was changed: {sender} may not send this mail to {address|you}.',
  lateStays: 'It worked for 7 days. Nothing was changed.',
  sentTitle: 'Look into your inbox · {sender}',
  sent: 'Look into your inbox',
  sentMeans:
    'If a confirmation can be mailed, it is on its way to {address|you}. Nothing is turned on before you press the button there. There are at most three such mails a day.',
  afterAll: 'Would you like this mail after all?',
  afterAllMeans: 'We send a new link to the same address. Nothing else changes before you confirm there.',
  again: 'Send a new confirmation',
}
