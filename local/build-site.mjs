// Astro's command refuses Node 20, which its package.json declares and its builder supports; so the builder is called directly.
import { fileURLToPath } from 'node:url'
import { build } from 'astro'

await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'warn' })
