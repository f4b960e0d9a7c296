/** English. */
export default {
  title: 'Email from {sender}',
  heading: 'Get email from {sender}',
  lead: 'An email to your address asks you to confirm. Nothing is turned on before you press the button in it.',
  badAddress: 'This is not an email address. Please look at it again.',
  noTopic: 'Please choose at least one.',
  trapped:
    'A field that nobody sees was filled in, perhaps by your browser. It is empty again: please press the button once more.',
  agree: 'What you agree to',
  agreeMeans:
    '{sender} ({company}) sends you this by email. You can take it back at any time, with one click in every mail.',

  runtime: {
    address: 'Your email address',
    choose: 'What would you like to get?',
    send: 'Sign up',
    empty: 'Leave this field empty',
    notice: 'Read the notice ({notice}, version {version})',
  },
}
