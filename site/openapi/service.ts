import * as z from 'zod/mini'
import type { Operation } from './operation.ts'

/** What anybody may ask. */
export const SERVICE: Operation[] = [
  {
    id: 'getKeys',
    method: 'get',
    path: '/.well-known/jwks.json',
    chapter: 'Service',
    summary: 'The public keys of receipts',
    answer: [
      {
        type: 'application/jwk-set+json',
        schema: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
        example: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: '1', alg: 'EdDSA', use: 'sig', x: '…' }] },
      },
    ],
    fields: { keys: 'Each key that signs, or has signed and still verifies.' },
  },
]
