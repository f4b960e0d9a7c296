import type { RuntimeWords } from '../../../core/runtime-words.ts'

/** English. */
export default {
  toData: 'See, correct or erase your data',
  askTitle: 'Your data · {sender}',
  ask: 'Your data at {sender}',
  askMeans:
    'See everything that is kept about you, take it along, correct it, restrict its use or have it erased. The link that led here may have been passed on, so we first send a mail to your address. The link in that mail opens your data once, for 15 minutes.',
  yourAddress: 'Your e-mail address',
  noAddress: 'That is no e-mail address. Please look at it again.',
  send: 'Send me the link',
  look: 'Look into your mail',
  lookMeans:
    'If that is the address this page belongs to, a mail with a link is on its way. If none comes in a few minutes, look among the junk mail and check the spelling. There are at most three a day.',
  noMail: 'No mail can be sent from here',
  noMailMeans:
    '{sender} has to mail you this link, and cannot do so from here. Answer any of its mails and ask for your data: you have the same rights there, with the same deadlines.',
  toPreferences: 'Back to what you get',

  accessTitle: 'Open your data · {sender}',
  access: 'Open your data?',
  accessMeans:
    'You will see everything that {sender} ({company}) keeps about you here, and can change or erase it. The link works once, and what it opens closes after 15 minutes.',
  open: 'Open my data',
  accessHint: 'Nothing is shown until you press the button.',

  used: 'This link has been used',
  usedMeans:
    'It works once, so that nobody who gets hold of the mail later can open your data. Nothing was changed now. If it was not you who used it, ask for a new link and look at what happened.',
  ran: 'This link has run out',
  ranMeans: 'It works for a short time after its mail was sent. Nothing was changed now.',
  over: 'This page has closed',
  overMeans:
    'It stays open for 15 minutes, or until your data is erased or has moved. Nothing was changed now.',
  howNew:
    'For a new link, open the page on which you choose what you get, from the end of any mail of the sender, and go to your data there.',

  title: 'Your data · {sender}',
  heading: 'What is kept about you',
  means:
    'This is everything that {sender} ({company}) keeps about you here. The page closes after 15 minutes, and nothing of it stays in this browser.',
  done: 'Done.',
  didRestrict: 'Nobody of {company} may use your data now.',
  didObject: 'Your data is no longer used to advertise to you.',
  didLift: 'That is taken back.',
  didLanguage: 'From now on we write to you in this language.',
  didRequest: 'Your request is with {sender}, to be answered by {due}.',
  didCorrect:
    'If the new address can be asked, a mail is on its way to it. Nothing moves before it says yes.',

  address: 'Your address',
  addressKept: 'It is kept encrypted, so that you can be written to.',
  addressNot: 'It is not kept here: only a scrambled form that recognises it again.',
  topics: 'What you subscribed to',
  whyUnknown:
    'Nothing here says where {sender} has your address from. You may ask them, and object to marketing below.',
  stops: 'What keeps mail away from you',
  optedOut: 'Recorded on {optedOut} for {sender}: nothing about you may be sold or shared.',
  requests: 'Your requests',
  history: 'What happened, newest first',
  historyShow: 'Show what happened',
  historyOlder: 'Show older entries',
  historyNewest: 'Back to the newest',
  andMore: 'There are more. What you take along below holds all of them.',
  nothing: 'Nothing.',

  take: 'Take it along',
  takeMeans: 'Everything, also what has no room on this page, for you to keep or to hand to somebody else.',
  takeJson: 'For programs (JSON)',
  takePage: 'To read (HTML)',

  correct: 'Correct your address',
  correctMeans:
    'The new address is asked first. Once it says yes, everything moves there, also what keeps mail away, and the old one is forgotten.',
  newAddress: 'New e-mail address',
  badAddress: 'That is no other e-mail address. Please look at it again.',
  correctSend: 'Ask the new address',
  language: 'Language',
  languageMeans: 'In which we write to you',
  languageSet: 'Use this language',

  restrict: 'Restrict the use of your data',
  restrictMeans:
    'Nobody of {company} may then send you anything, not even a receipt, until you lift that here. Your data is only kept.',
  restrictSet: 'Restrict it',
  restricted: 'Its use is restricted: nobody of {company} may send you anything.',
  restrictLift: 'Lift the restriction',
  object: 'Object to marketing',
  objectMeans: 'Your data is then not used to advertise to you. Receipts and the like still come.',
  objectSender: 'Object at {sender}',
  objectCompany: 'Object at all of {company}',
  objected: 'You have objected, and that stands.',
  objectLift: 'Take the objection back',
  refusing: '{sender} cannot ask you again for 30 days after that, whoever signs you up.',
  refusingLift: 'Let {sender} ask me again',
  complaining:
    '{sender} may send you nothing, not even a receipt, until you take that back. Some mail programs complain when you move a mail to junk.',
  complaintLift: 'Take the complaint back',

  more: 'Ask {sender} for more',
  moreMeans:
    'What {sender} keeps elsewhere is not known here. Your request goes there with your address, to be answered by {due}.',
  what: 'What you want',
  wantAccess: 'Tell me what else you keep about me',
  wantCorrection: 'Something is wrong or missing',
  wantErasure: 'Erase what you keep elsewhere',
  message: 'What it is about',
  badMessage: 'Please say what it is about, in at most 2000 characters. At most 10 requests wait at a time.',
  moreSend: 'Send the request',

  erase: 'Erase everything',
  eraseMeans:
    'The next page says what goes and what stays. Nothing happens before you press the button there.',
  eraseNext: 'On to erasing',

  eraseTitle: 'Erase your data · {sender}',
  eraseHeading: 'Erase your data?',
  goes: 'This goes, for good',
  goesAddress: 'Your address.',
  goesEvidence:
    'The key to everything that shows how you agreed, such as internet addresses, browsers and what you wrote: nobody can read it any more.',
  goesChoices: 'Your subscriptions, open sign-ups, language and requests.',
  stays: 'This stays',
  staysStop: 'That nobody of {company} may mail you, by a scrambled form of your address that names nobody.',
  staysLedger: 'That these things happened, and when, without your address and without what showed it.',
  elsewhere:
    'Also ask {sender} to erase what it keeps elsewhere, by {due}. It gets your address for that, which is kept encrypted until it has done so.',
  noUndo: 'This cannot be undone.',
  eraseNow: 'Erase everything now',
  goBack: 'Go back and keep it',

  erasedTitle: 'Erased · {sender}',
  erased: 'Your data is erased',
  erasedMeans:
    'Your address, the key to what showed how you agreed, and your choices are gone. What stays: nobody of {company} may mail you, and that these things happened, without a name.',
  copiesBy:
    'In logs and backups, encrypted copies stay for a while. By {gone} the keys to them are destroyed, and your data is unreadable in all copies.',
  copiesOpen:
    'In logs and backups, encrypted copies stay for longer. No day is set by which they are unreadable.',
  erasedElsewhere: '{sender} was asked to erase what it keeps elsewhere, by {due}.',
  erasedBack: 'If you want this mail again one day, sign up anew. It begins from nothing.',

  moveTitle: 'A new address · {sender}',
  move: 'Shall {sender} use this address for you?',
  moveMeans:
    'Somebody who got mail from {sender} at another address wants to get it here. If you say yes, this comes here:',
  moveNone: 'Somebody who had to do with {sender} at another address wants to be known by this one.',
  moveStops: 'What was stopped there stays stopped, here too.',
  moveYes: 'Yes, this is my address',
  moveNo: 'This was not me',
  moveHint: 'Nothing changes until you press a button. The link works for 7 days.',
  movedTitle: 'Corrected · {sender}',
  moved: 'Your address is corrected',
  movedMeans:
    'Everything has moved here, and the old address is forgotten. {sender} was asked to correct it elsewhere too.',
  stayed: 'Nothing was changed',
  stayedMeans: 'This address stays out of it, and is forgotten.',
  late: 'It is too late for this',
  lateMeans: 'The link has run out or another one took its place. Nothing was changed now.',

  runtime: {
    confirmed: 'Subscribed',
    pending: 'Not confirmed yet',
    ended: 'Ended',
    expired: 'Run out',
    since: 'since {day}',
    until: 'until {day}',
    whyConfirmed:
      'On {since} you confirmed this mail, which had been asked for at {source} with this address.',
    whyExpress: '{sender} has on record that you agreed to this mail on {since}.',
    whyPurchase: '{sender} has on record that you became a customer on {since}.',
    whyInquiry: '{sender} has on record that you made an inquiry on {since}.',
    whySoft: '{sender} has on record that you gave this address with a purchase on {since}.',
    whyContract: '{sender} has on record that this mail has been part of a contract with you since {since}.',
    whyInterest: '{sender} has on record a legitimate interest in writing to you since {since}.',

    legal: 'The law',
    complained: 'You complained about a mail',
    perhapsComplained: 'Somebody complained about a mail, perhaps you',
    bounced: 'Mail to you came back',
    objected: 'You objected',
    unsubscribed: 'You unsubscribed',
    imported: 'Brought along from before',
    manual: 'Entered by the sender',
    paused: 'You paused it',
    restricted: 'You restricted the use of your data',
    everywhere: 'everybody',

    access: 'See your data',
    rectification: 'Correct your data',
    erasure: 'Erase your data',
    restriction: 'Restrict its use',
    portability: 'Take your data along',
    objection: 'Object to its use',
    due: 'To be answered by {day}',
    overdue: 'Should have been answered by {day}',
    fulfilled: 'Done on {day}',
    partlyFulfilled: 'Done in part on {day}',
    refused: 'Refused on {day}',
    notIdentified: 'Closed on {day}: you could not be identified',
    moot: 'Closed on {day}',

    stopped: 'Mail was stopped',
    lifted: 'A stop was lifted',
    asked: 'You were asked to confirm mail',
    agreed: 'You agreed to mail',
    granted: 'The sender recorded that you agreed',
    declined: 'You said that it was not you',
    withdrew: 'You took your consent back',
    restored: 'Your consent stood again',
    ranOut: 'A consent or request ran out',
    mailed: 'A mail with a link was sent to you',
    undeliverable: 'A mail with a link could not be sent',
    wanted: 'You asked for something about your data',
    opened: 'Your data was opened',
    took: 'You took your data along',
    corrected: 'Your address was corrected',
    answered: 'The sender answered your request',
    missed: 'A deadline passed without an answer',
    chose: 'You chose something about yourself',
    optedOut: 'Sale and sharing opted out of',

    ip: 'Internet address',
    userAgent: 'Browser',
    page: 'Page',
    form: 'Form',
    wording: 'What you agreed to',
    written: 'What you wrote',
    proof: 'What else shows it',
    gone: 'What showed it can no longer be read.',
  } satisfies RuntimeWords['rights'],
}
