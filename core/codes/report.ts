/** Kinds of report from mail servers and mailbox providers. The database holds these numbers; they never change. */
export const REPORT_KINDS = {
  complaint: 1,
  permanent: 2,
  transient: 3,
  possible_complaint: 4,
  unsubscribed: 5,
} as const

/** Name of a kind. */
export type ReportKind = keyof typeof REPORT_KINDS
