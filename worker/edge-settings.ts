import { type Bindings, parseEnv } from './env.ts'
export type EdgeBindings = Bindings & { APP?: Fetcher; SENDS_MAIL?: string }
export const edgeSettings = (bindings: EdgeBindings) => ({
  ...parseEnv({
    ...bindings,
    MAIL_URL: 'none:',
    ACCESS_KEYS: bindings.TOKEN_KEYS,
    RECEIPT_KEYS: bindings.TOKEN_KEYS,
  }),
  sendsMail: bindings.SENDS_MAIL !== 'false',
})
