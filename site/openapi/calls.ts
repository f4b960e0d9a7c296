import manifest from '../../package.json' with { type: 'json' }
import { documentOf } from './document.ts'
import { OPERATIONS } from './operations.ts'
import { type Call, callsOf } from './schema.ts'

/** Every call of this version, as the reference shows it. */
export const CALLS: Call[] = callsOf(JSON.parse(JSON.stringify(documentOf(OPERATIONS, manifest.version))))
