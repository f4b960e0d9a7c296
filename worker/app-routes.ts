import { accessRoutes } from './access/routes.ts'
import { brandRoutes } from './brand/routes.ts'
import { consentRoutes } from './consent/routes.ts'
import { correctionRoutes } from './correction/routes.ts'
import type { DomainDeps } from './domain/deps.ts'
import { domainRoutes } from './domain/routes.ts'
import { healthRoutes } from './health/app-routes.ts'
import type { App } from './http/route.ts'
import { newApp } from './http/router.ts'
import type { InboundDeps } from './inbound/deps.ts'
import { inboundRoutes } from './inbound/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { messageRoutes } from './message/routes.ts'
import { preferenceRoutes } from './preference/app-routes.ts'
import type { AskDeps } from './preference/deps.ts'
import type { RightsDeps } from './rights/deps.ts'
import { rightsRoutes } from './rights/routes.ts'
import { rightsRequestRoutes } from './rights-request/routes.ts'
import { signupRoutes } from './signup/routes.ts'
import { subscriptionRoutes } from './subscription/routes.ts'
import { suppressionRoutes } from './suppression/app-routes.ts'
import { telemetryRoutes } from './telemetry/app-routes.ts'
import type { ScrapeDeps } from './telemetry/deps.ts'
import { topicRoutes } from './topic/routes.ts'
import type { WebhookDeps } from './webhook/deps.ts'
import { webhookRoutes } from './webhook/routes.ts'

/** Dependencies of the features that `floe-app` serves. */
export type AllDeps = AskDeps & RightsDeps & InboundDeps & WebhookDeps & ScrapeDeps & DomainDeps

/** Builds the routes of `floe-app`: one line per feature. */
export function createApp(deps: AllDeps): App {
  const app = newApp(deps)
  healthRoutes(app, deps)
  domainRoutes(app, deps)
  brandRoutes(app, deps)
  preferenceRoutes(app, deps)
  suppressionRoutes(app, deps)
  topicRoutes(app, deps)
  subscriptionRoutes(app, deps)
  signupRoutes(app, deps)
  consentRoutes(app, deps)
  ledgerRoutes(app, deps)
  rightsRoutes(app, deps)
  correctionRoutes(app, deps)
  rightsRequestRoutes(app, deps)
  accessRoutes(app, deps)
  telemetryRoutes(app, deps)
  inboundRoutes(app, deps)
  messageRoutes(app, deps)
  webhookRoutes(app, deps)
  return app
}
