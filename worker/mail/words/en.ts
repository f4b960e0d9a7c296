import type { Words } from '../words.ts'

/** English. */
export const en: Words = {
  subject: sender => `Please confirm: mail from ${sender}`,
  preview: 'Say yes and this mail comes to you. Do nothing and nothing changes.',
  heading: sender => `Shall ${sender} write to you?`,
  asked: (day, sender, source) =>
    `On ${day}, somebody entered your address${source ? ` at ${source}` : ''} to get this from ${sender}:`,
  ifYou: 'If it was you, please confirm.',
  yes: 'Yes, send me this mail',
  hint: day =>
    `The link opens a page and works until ${day}. Nothing changes until you press the button there.`,
  byHand: 'If the button does not work, open this address:',
  silence: 'If you do nothing, nothing changes. This is the only mail about this request.',
  no: 'This was not me',
  noMeans: sender => `The request ends, and no new request from ${sender} reaches you for 30\u00a0days.`,
  notice: (name, version) => `Privacy notice (${name}, version\u00a0${version})`,
  takeBack: 'You can take your yes back at any time, with one click in every mail.',
  carried: sender => `Sent by ${sender}, carried by Floe.`,
}
