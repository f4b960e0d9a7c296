/** A Worker requested by a test file from the process of Workers. */
export interface WorkerRequest {
  bindings: Record<string, string>
  /** Whether operators’ Worker is there. */
  console?: true
  persist?: string
  /** Paths of another bundle of the Worker, and of one that has the write lane. */
  bundle?: string
  lane?: string
  /** URL that answers the Worker's calls to other hosts. */
  outbound?: string
  watch?: boolean
}

/** Header that names the originally called URL. */
export const ASKED_URL = 'floe-test-url'
