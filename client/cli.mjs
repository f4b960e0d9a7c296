#!/usr/bin/env node
// Plain JavaScript, which can report a missing installation.
import { existsSync } from 'node:fs'

if (!existsSync(new URL('../node_modules/tsx/package.json', import.meta.url))) {
  console.error('Floe is not installed yet. Run: npm ci')
  process.exit(3)
}
const { register } = await import('tsx/esm/api')
register()
const { main } = await import('./cli.ts')
process.exitCode = await main(process.argv.slice(2))
