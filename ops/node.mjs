// Plain JavaScript that any Node can read: an old one, or a missing installation, is told so. Runs a file of TypeScript with what follows.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const isThere = name => existsSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))
if (major < 20 || (major === 20 && minor < 19))
  end(`Floe needs Node 20.19 or newer; this is ${process.versions.node}.`)
else if (!['tsx', 'esbuild', 'miniflare', 'wrangler', 'astro', 'maildev'].every(isThere))
  end('Floe is not installed yet, or not whole. Run: npm ci')
else {
  const [node, , file, ...args] = process.argv
  process.argv = [node, resolve(file), ...args]
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(pathToFileURL(process.argv[1]).href)
  })
}

function end(why) {
  console.error(why)
  process.exitCode = 1
}
