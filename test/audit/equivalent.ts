/** Faults that change nothing anybody could see, and why. */
export const EQUIVALENT: readonly { file: string; what: string; why: string }[] = []
