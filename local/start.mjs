// Plain JavaScript, which can report a missing installation.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
const installed = ['tsx', 'miniflare', 'wrangler', 'astro', 'maildev'].every(name =>
  existsSync(new URL(`../node_modules/${name}/package.json`, import.meta.url)),
)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Floe needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
if (!installed) {
  console.error('Floe is not installed yet. Run: npm ci && npm start')
  process.exit(1)
}
const { register } = await import('tsx/esm/api')
register()
await import('./start.ts')
