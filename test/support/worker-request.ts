/** What a test file says about a Worker to the process that runs it. */
export interface WorkerRequest {
  bindings: Record<string, string>
  persist?: string
  /** The address that answers what the Worker asks of other hosts. */
  outbound?: string
  watch?: boolean
}

/** The header in which that address is told what was asked for. */
export const ASKED_URL = 'floe-test-url'
