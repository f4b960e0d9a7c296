/** What shows that a recipient's own machine pressed a button: personal, and therefore sealed. */
export interface ClientEvidence {
  ip?: string
  userAgent?: string
}

const USER_AGENT_MAX = 1000

/** Returns the network's own word for who calls. What a caller may write themselves, such as X-Forwarded-For, is no evidence. */
export function clientEvidenceOf({ headers }: Request): ClientEvidence {
  const ip = headers.get('cf-connecting-ip')
  const userAgent = headers.get('user-agent')?.slice(0, USER_AGENT_MAX)
  return { ...(ip && { ip }), ...(userAgent && { userAgent }) }
}
