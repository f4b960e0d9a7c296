import manifest from '../../package.json' with { type: 'json' }
import { documentOf } from '../openapi/document.ts'
import { OPERATIONS } from '../openapi/operations.ts'

/** Serves the OpenAPI document. */
export const GET = (): Response => Response.json(documentOf(OPERATIONS, manifest.version))
