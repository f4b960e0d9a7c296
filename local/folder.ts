import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** Folder of everything a local Floe keeps between starts: data, secrets, mails, logs. */
export const LOCAL = `${ROOT}/.local`
