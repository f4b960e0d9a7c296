/** A refusal by Floe, with its problem details (RFC 9457). */
export class FloeError extends Error {
  override readonly name = 'FloeError'
  /** Stable code to branch on, such as `topic.not_found`. */
  readonly code: string
  readonly status: number
  readonly problem: Record<string, unknown>

  constructor(status: number, problem: Record<string, unknown>) {
    const { code, title, detail } = problem
    super([title, detail].filter(part => typeof part === 'string').join('. ') || `Floe answered ${status}`)
    this.status = status
    this.code = typeof code === 'string' ? code : `http.${status}`
    this.problem = problem
  }
}

/** Floe could not be reached, or did not know the answer: nothing may be sent on the strength of this. */
export class FloeUnreachable extends Error {
  override readonly name = 'FloeUnreachable'
}
