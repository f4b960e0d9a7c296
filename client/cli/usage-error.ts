/** A call that makes no sense; the message says what would. */
export class Usage extends Error {}
