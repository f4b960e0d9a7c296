/**
 * English, the language others are translated from. Arguments are names, or places that the view fills and escapes: the words hold no HTML. Names are never
 * inflected in any language: no words may require another case or article, and no sentence ends with a name, which may end
 * with a full stop.
 */
export default {
  /** The confirmation mail of a subscription. */
  confirmation: {
    subject: (sender: string) => `Please confirm: mail from ${sender}`,
    /** Text that an inbox shows beside the subject. */
    preview: 'Say yes and this mail comes to you. Do nothing and nothing changes.',
    heading: (sender: string) => `Shall ${sender} write to you?`,
    /** Followed by the topics. */
    asked: (day: string, sender: string, source: string | undefined) =>
      `On ${day}, somebody entered your address${source ? ` at ${source}` : ''} to get this from ${sender}:`,
    ifYou: 'If it was you, please confirm.',
    yes: 'Yes, send me this mail',
    /** The effect of the link, and its last day. */
    hint: (day: string) =>
      `The link opens a page and works until ${day}. Nothing changes until you press the button there.`,
    byHand: 'If the button does not work, open this address:',
    silence: 'If you do nothing, nothing changes. This is the only mail about this request.',
    no: 'This was not me',
    noMeans: (sender: string) =>
      `The request ends, and no new request from ${sender} reaches you for 30\u00a0days.`,
    notice: (name: string, version: string) => `Privacy notice (${name}, version\u00a0${version})`,
    takeBack: 'You can take your yes back at any time, with one click in every mail.',
    carried: (sender: string) => `Sent by ${sender}, carried by Floe.`,
  },
  /** The mail whose link opens a recipient's data. */
  access: {
    subject: (sender: string) => `Open your data: ${sender}`,
    preview: 'The link works once, for 15 minutes.',
    heading: (sender: string) => `See what ${sender} keeps about you`,
    asked: (sender: string) =>
      `Somebody entered your address on your page at ${sender} to see, take along, correct or erase the data kept about you.`,
    yes: 'Open my data',
    hint: () =>
      'The link opens a page and works once, for 15\u00a0minutes after this mail was sent. Nothing is shown until you press the button there.',
    silence:
      'If it was not you, do nothing: nobody sees anything. Do not pass this mail on, whoever has it can open your data.',
  },
  /** The mail that asks a new address for confirmation. */
  correction: {
    subject: (sender: string) => `Please confirm your new address: ${sender}`,
    preview: 'Say yes and this address takes the place of the old one.',
    heading: (sender: string) => `Shall ${sender} use this address for you?`,
    asked: (sender: string) =>
      `Somebody asked ${sender} to use this address from now on, in place of an earlier one.`,
    yes: 'Look and confirm',
    hint: (day: string) =>
      `The link opens a page and works until ${day}. Nothing changes until you press the button there.`,
    silence: 'If it was not you, do nothing, or say so on that page: then this address stays out of it.',
  },
  /** The footer of a sender's mail. */
  footer: {
    unsubscribe: 'Unsubscribe',
    preferences: 'Choose what you get',
    /** For a topic that recipients subscribe to. */
    subscribed: (topic: string, sender: string) =>
      `You get this mail from ${sender} because your address is on the list “${topic}”.`,
    /** For transactional mail, such as a receipt. */
    owed: (topic: string, sender: string) => `You get this mail as a customer of ${sender} (${topic}).`,
    sentBy: (company: string) => `Sent by ${company}`,
  },
}
