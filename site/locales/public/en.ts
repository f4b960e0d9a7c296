/** English. */
export default {
  about: 'About Floe',
  language: 'Language',
  names: {
    privacy: 'Privacy',
    changes: 'What changed',
    rights: 'Your rights',
    accessibility: 'Accessibility',
    companies: 'Companies we work with',
  },
  front: {
    title: 'Your word about mail, kept',
    description: 'When you unsubscribe, a sender who asks Floe before the next email is told no.',
    lead: 'Companies that send you mail use Floe to remember what you want from them and what you do not.',
    effect:
      'When you unsubscribe, it takes effect at once: a sender who asks Floe before the next email goes out is told no. You need no account and no password.',
    nothing:
      'There is nothing to do on this page. Your own page opens from the links at the end of the mails you get.',
    documentation: 'For companies that send mail: the documentation, in English',
  },
  notice: {
    title: 'Privacy notice',
    description: 'What Floe processes about you, why, how long, and what you can do about it.',
    standing: 'Version {version}, in effect since {date}',
    old: 'This is an earlier version. It stays here because consents refer to it.',
    current: 'Read the current version',
    translation: 'This is a translation. The English text is the binding one.',
    untranslated: 'This version was published in English only.',
    english: 'Read the English text',
    versions: 'All versions',
    version: 'Version {version}',
    file: 'The text as a file',
    digest: 'Its SHA-256 digest, by which consents refer to it',
  },
  changes: {
    title: 'What changed',
    description: 'What changed between the versions of the privacy notice, in words and line by line.',
    lead: 'Each version of the privacy notice stays as it was published. This is what changed from one to the next.',
    between: 'From version {old} to version {new}',
    since: 'In effect since {date}',
    text: 'In the text',
    compared: 'The English text is compared, which is the binding one.',
    added: 'Added:',
    removed: 'Removed:',
    same: { one: '{count} paragraph is the same', other: '{count} paragraphs are the same' },
  },
  rights: {
    title: 'Your rights, law by law',
    description:
      'Which law gives you which rights about mail and personal data, and how long an answer may take.',
    lead: 'Which law applies depends on where you live and who writes to you. Floe counts the deadlines of the laws that the sender has named to it, and of the GDPR where it named none.',
    here: 'With Floe',
    stop: 'An unsubscribe takes effect at once, and its link does not expire by itself.',
    self: 'You see, correct, take along and erase your data yourself: open your own page by the link at the end of a mail, and choose “Your data”.',
    optOut: 'Mail stops within',
    link: 'An unsubscribe link works for',
    answer: 'Requests are answered within',
    acknowledge: 'You hear that it came within',
    extension: 'Longer in hard cases by',
    articles: 'Where it is written',
    businessDays: { one: '{count} business day', other: '{count} business days' },
    advice: 'The terms are those of the law, as of this version. This page is information, not legal advice.',
    laws: {
      eu: {
        name: 'European Union: GDPR',
        says: 'You may see, correct, erase and take along your data, have its use restricted, object to advertising at any time, and take consent back as easily as you gave it.',
      },
      uk: {
        name: 'United Kingdom: UK GDPR and PECR',
        says: 'The rights are those of the GDPR. Advertising by e-mail needs your consent, or that you are a customer who was offered a way out.',
      },
      us_ca: {
        name: 'California: CCPA',
        says: 'You may know, correct and delete what is held about you, and opt out of its sale and sharing. Global Privacy Control counts as such an opt-out.',
      },
      us_canspam: {
        name: 'United States: CAN-SPAM',
        says: 'Every advertising mail must offer a way out that costs nothing and takes no more than a reply or a single page.',
      },
      ca_casl: {
        name: 'Canada: CASL',
        says: 'Commercial mail needs your consent, express or implied, and must name the sender and offer a way out.',
      },
      ca_pipeda: {
        name: 'Canada: PIPEDA',
        says: 'You may see what is held about you and have it corrected.',
      },
      br: {
        name: 'Brazil: LGPD',
        says: 'You may learn what is held about you, see, correct, take along and delete it, and take consent back.',
      },
      au: {
        name: 'Australia: Spam Act',
        says: 'Commercial mail needs your consent, must name the sender and must offer a way out without fee or login.',
      },
    },
  },
  accessibility: {
    title: 'Accessibility',
    description:
      'How accessible these pages are, how that is tested, and what to do when something does not work.',
    lead: 'Everybody is to be able to say what they want and be understood. These pages are made to meet WCAG 2.2, level AA. This is our own assessment; nobody from outside has certified it.',
    how: 'How it is tested',
    tests: {
      machine: 'A program (axe) looks for faults on every page, in every language, light and dark.',
      keyboard: 'Every choice is made in a real browser by keyboard alone, and again without JavaScript.',
      screen:
        'Pages are looked at from 320 pixels up, with text twice as large, from right to left, with forced colours and on paper.',
      contrast: 'The colours of senders are corrected until every text has a contrast of at least 4.5 to 1.',
    },
    limits: 'What we know of',
    known:
      'Names and descriptions are written by senders, and may be hard to read or in another language than the page.',
    feedback: 'If something does not work',
    contact: 'Write to us. Say which page it was and what you wanted to do; you need not say who you are.',
  },
  companies: {
    description: 'The companies that process personal data for Floe, where they are and what they do.',
    lead: 'These companies run computers for Floe. They receive what they need for that, under contract, and nothing more.',
    country: 'Country',
    does: 'What it does',
    edge: 'Delivers these pages and runs the program behind them',
    database: 'Keeps the database',
    mail: 'Delivers mails, such as confirmations',
  },
}
