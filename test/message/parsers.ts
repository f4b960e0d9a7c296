import { createRequire } from 'node:module'
import PostalMime from 'postal-mime'
import type { ParserName } from './shapes.ts'

const require = createRequire(import.meta.url)

/** What a parser shows of a message. */
interface Shown {
  text: string
  html: string
}

interface MailParser {
  on(event: 'end', listener: (mail: Partial<Shown>) => void): void
  end(message: Uint8Array): void
}

/** Reads a message with a parser that has nothing of ours. */
export const PARSERS: Record<ParserName, (message: Uint8Array) => Promise<Shown>> = {
  'postal-mime': async message => {
    const { text = '', html = '' } = await PostalMime.parse(message, { forceRfc822Attachments: true })
    return { text, html }
  },
  mailparser: message =>
    new Promise(resolve => {
      const { MailParser } = require('maildev/vendor/mailparser-mit/lib/mailparser.js')
      const parser: MailParser = new MailParser()
      parser.on('end', ({ text = '', html = '' }) => resolve({ text, html }))
      parser.end(message)
    }),
}
