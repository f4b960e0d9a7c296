const NAMES = '(?:mailer-?daemon|mail-daemon|postmaster)'
const SENDER = new RegExp(`^${NAMES}(?:@|$)`, 'i')
const FROM = new RegExp(`\\b${NAMES}\\b|\\bmail delivery (?:sub)?system\\b`, 'i')

/** Whether an SMTP sender is a mail server: nobody, or a name that only servers use. */
export const isServer = (sender: string): boolean => {
  const address = sender.trim().replace(/^</, '').replace(/>$/, '')
  return address === '' || SENDER.test(address)
}

/** Whether the fields of a mail say that a mail server wrote it. */
export const isFromServer = (field: (name: string) => string | undefined): boolean =>
  FROM.test(field('from') ?? '') ||
  field('return-path')?.trim() === '<>' ||
  field('x-failed-recipients') !== undefined
