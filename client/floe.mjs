#!/usr/bin/env node
// Plain JavaScript that any Node can read: an old one, or a missing installation, is told so. The package holds the command line as it
// was built; a checkout of Floe takes it from its sources.
import { existsSync } from 'node:fs'

const [major] = process.versions.node.split('.').map(Number)
const built = new URL('./cli/main.js', import.meta.url)
if (major < 20) end(`floe needs Node 20 or newer; this is ${process.versions.node}.`)
else if (existsSync(built)) run(import(built))
else if (existsSync(new URL('../node_modules/tsx/package.json', import.meta.url)))
  run(
    import('tsx/esm/api').then(({ register }) => {
      register()
      return import('./cli/main.ts')
    }),
  )
else end('Floe is not installed yet. Run: npm ci')

async function run(module) {
  process.exitCode = await (await module).main(process.argv.slice(2))
}

function end(why) {
  console.error(why)
  process.exitCode = 3
}
