import type { Deps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import { check } from './check.ts'

/** Route of the check. */
export const checkRoutes = (app: App, deps: Deps): void => senderCalls(app, deps)(check)
