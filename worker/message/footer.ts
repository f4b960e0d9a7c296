import type { Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { mailWordsOf } from '../mail/words.ts'
import { footer } from './view.tsx'

/** The content of a footer. */
export interface FooterFacts {
  locale: Locale
  sender: string
  topic: string
  kind: 'marketing' | 'transactional'
  /** Legal name and postal address of the sender; left out where the workspace has none. */
  legalName: string | null
  postalAddress: string | null
  /** Left out for a transactional topic, which cannot be unsubscribed. */
  unsubscribeUrl?: string | undefined
  preferencesUrl: string
}

/**
 * Returns the footer for a recipient: the unsubscribe link, if any, then why the mail came, then its sender. Without images
 * or external content.
 */
export function footerOf(facts: FooterFacts): { html: string; text: string } {
  const { locale, unsubscribeUrl, preferencesUrl } = facts
  const words = mailWordsOf(locale).footer
  const names = {
    topic: facts.topic,
    sender: facts.sender,
    company: facts.legalName ?? facts.sender,
    address: facts.postalAddress ?? '',
  }
  const said = (name: (of: keyof typeof names) => string) => {
    const why = facts.kind === 'transactional' ? words.owed : words.subscribed
    const address = facts.postalAddress === null ? '' : `, ${name('address')}`
    return {
      why: why(name('topic'), name('sender')),
      from: `${words.sentBy(name('company'))}${address}`,
    }
  }
  const plain = said(name => names[name])
  const ways = [
    ...(unsubscribeUrl === undefined ? [] : [{ label: words.unsubscribe, url: unsubscribeUrl }]),
    { label: words.preferences, url: preferencesUrl },
  ]
  return {
    text: ['-- ', ...ways.map(({ label, url }) => `${label}: ${url}`), '', plain.why, plain.from].join('\n'),
    html: htmlOf(footer({ locale, ways, names, ...said(name => `{${name}}`) })),
  }
}
