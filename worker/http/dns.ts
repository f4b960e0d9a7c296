/** Types of records that can be asked for (RFC 1035 §3.2.2, RFC 3596 §2.1). */
const RECORDS = { A: 1, TXT: 16, AAAA: 28 } as const
/** Response codes "no error" and "no such name" (RFC 1035 §4.1.1): the list of records is complete. */
const ANSWERED = [0, 3]

interface Answer {
  Status: number
  Answer?: { type: number; data: string }[]
}

/**
 * Returns the records of a name, from a resolver over HTTPS that answers in Cloudflare's and Google's JSON. Throws when it is
 * unknown whether there are any.
 */
export async function lookUp(
  resolver: string,
  name: string,
  record: keyof typeof RECORDS,
  deadlineMs: number,
): Promise<string[]> {
  const answer = await fetch(`${resolver}?name=${encodeURIComponent(name)}&type=${record}`, {
    headers: { accept: 'application/dns-json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(deadlineMs),
  })
  if (!answer.ok) {
    await answer.body?.cancel()
    throw new Error(`the DNS server answered ${answer.status}`)
  }
  const { Status, Answer = [] } = (await answer.json()) as Answer
  if (!ANSWERED.includes(Status)) throw new Error(`the DNS server failed with ${Status}`)
  return Answer.filter(({ type }) => type === RECORDS[record]).map(({ data }) => data)
}
