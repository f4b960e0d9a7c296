import type { Chapter } from '../../worker/call/operation.ts'

/** The chapters of the reference, in their order. */
export const CHAPTERS: Record<Chapter, string> = {
  'Before you send': 'What to ask, and what to put into a mail, right before it is handed off.',
  Suppressions: 'Whom not to mail: add, look up, list, lift, import and export.',
  Consent: 'Ask for it, record what you hold, pass on a withdrawal, and prove how things stand.',
  'Sign-up forms': 'Forms for your own pages that need no server of yours.',
  Reports: 'What mail servers and providers tell of: bounces and complaints.',
  Ledger: 'Everything that happened in your workspace, in order.',
  Rights: 'What recipients demanded about their own data, and by when you have to answer.',
  Webhooks: 'Have your own systems told what happens.',
  Keys: 'Who of you may do what.',
  Recipients: 'What stands behind the links in a mail. Mail clients and browsers call these, without a key.',
  Service: 'What anybody may ask.',
}
