/** What a mail server or mailbox provider says happened to a mail. A number each, as the database holds it; they never change. */
export const REPORT_KINDS = { complaint: 1, permanent: 2, transient: 3, possible_complaint: 4 } as const

/** The name of a kind. */
export type ReportKind = keyof typeof REPORT_KINDS
