const { NO_COLOR } = process.env
const plain = !process.stdout.isTTY || Boolean(NO_COLOR)

/** Returns a function that styles text on a terminal. */
const style = (code: number) => (text: string) => (plain ? text : `\x1b[${code}m${text}\x1b[0m`)

export const [bold, dim, red, green, yellow] = [1, 2, 31, 32, 33].map(style) as [
  (text: string) => string,
  (text: string) => string,
  (text: string) => string,
  (text: string) => string,
  (text: string) => string,
]
