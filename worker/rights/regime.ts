import { utc } from '@date-fns/utc'
import { addBusinessDays } from 'date-fns/addBusinessDays'
import { addDays } from 'date-fns/addDays'
import { addMonths } from 'date-fns/addMonths'

/** A period as a law counts it. Business days are Monday to Friday: ignoring holidays only makes a deadline earlier. */
export interface LegalTerm {
  n: number
  unit: 'days' | 'business_days' | 'months'
}

/** The periods of one law. `null`: it sets none. */
export interface Regime {
  /** How long a sender may take to apply an opt-out. */
  optOut: LegalTerm | null
  /** How long an unsubscribe link must work after its mail was sent. */
  link: LegalTerm | null
  /** Periods of a rights request: for the answer, its acknowledgement, and an extension. */
  request: { answer: LegalTerm; acknowledge: LegalTerm | null; extension: LegalTerm | null } | null
  /** The articles that set them. */
  articles: readonly string[]
}

const days = (n: number): LegalTerm => ({ n, unit: 'days' })
const businessDays = (n: number): LegalTerm => ({ n, unit: 'business_days' })
const months = (n: number): LegalTerm => ({ n, unit: 'months' })

/** The laws a workspace can name. Not legal advice. */
export const REGIMES = {
  eu: {
    optOut: null,
    link: null,
    request: { answer: months(1), acknowledge: null, extension: months(2) },
    articles: ['GDPR art. 12(3)', 'GDPR art. 15 to 21'],
  },
  uk: {
    optOut: null,
    link: null,
    request: { answer: months(1), acknowledge: null, extension: months(2) },
    articles: ['UK GDPR art. 12(3)', 'UK GDPR art. 15 to 21', 'PECR reg. 22 and 23'],
  },
  us_ca: {
    optOut: businessDays(15),
    link: null,
    request: { answer: days(45), acknowledge: businessDays(10), extension: days(45) },
    articles: ['Cal. Civ. Code 1798.130', 'Cal. Civ. Code 1798.135', '11 CCR 7021', '11 CCR 7026'],
  },
  us_canspam: {
    optOut: businessDays(10),
    link: days(30),
    request: null,
    articles: ['15 U.S.C. 7704(a)(3) to (5)', '16 CFR 316.5'],
  },
  ca_casl: {
    optOut: businessDays(10),
    link: days(60),
    request: null,
    articles: ['CASL s. 6', 'CASL s. 11', 'SOR/2012-36'],
  },
  ca_pipeda: {
    optOut: null,
    link: null,
    request: { answer: days(30), acknowledge: null, extension: days(30) },
    articles: ['PIPEDA s. 8'],
  },
  br: {
    optOut: null,
    link: null,
    request: { answer: days(15), acknowledge: null, extension: null },
    articles: ['LGPD art. 18', 'LGPD art. 19'],
  },
  au: {
    optOut: businessDays(5),
    link: days(30),
    request: null,
    articles: ['Spam Act 2003 s. 18', 'Spam Regulations 2021 s. 7'],
  },
} as const satisfies Record<string, Regime>

export type RegimeName = keyof typeof REGIMES

/** The names of all regimes. */
export const REGIME_NAMES = Object.keys(REGIMES) as [RegimeName, ...RegimeName[]]

/** The regime of requests where a workspace names none with such a period. */
const USUAL: RegimeName = 'eu'

/**
 * Returns the end of a period that begins at `at`, milliseconds since 1970 UTC. In a month without that day it is the last
 * day.
 */
export function endOf({ n, unit }: LegalTerm, at: number): number {
  const add = { days: addDays, business_days: addBusinessDays, months: addMonths }[unit]
  return add(at, n, { in: utc }).getTime()
}

/** The deadline of a request, and the law that sets it. */
export interface Deadline {
  dueAt: number
  regime: RegimeName
}

/** Returns the deadline of a request made at `at`: the earliest of all applicable laws, also where it is extended. */
export function deadlineOf(names: readonly RegimeName[], at: number, extended: boolean): Deadline {
  const binding = names.filter(name => REGIMES[name].request !== null)
  const deadlines = (binding.length > 0 ? binding : [USUAL]).map(regime => {
    const { answer, extension } = REGIMES[regime].request!
    const longer = extended && extension ? { ...answer, n: answer.n + extension.n } : answer
    return { dueAt: endOf(longer, at), regime }
  })
  return deadlines.reduce((strictest, other) => (other.dueAt < strictest.dueAt ? other : strictest))
}

/** Parses the regimes of a workspace's setting. */
export const regimesOf = (setting: string): RegimeName[] =>
  setting.split(' ').filter((name): name is RegimeName => Object.hasOwn(REGIMES, name))
