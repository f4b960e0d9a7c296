import { fileURLToPath } from 'node:url'

/** The repository's own folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** Everything a local Floe keeps between starts: data, secrets, mails, logs. */
export const LOCAL = `${ROOT}/.local`
