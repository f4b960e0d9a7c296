import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../../local/folder.ts'

/** Makes Node say that it is another. */
const asNode = (version: string) =>
  `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`

test.for([
  ['18.9.1', ['ops/node.mjs', 'ops/migrate.ts'], 1, 'Floe needs Node 20.19 or newer; this is 18.9.1.\n'],
  ['20.18.3', ['ops/node.mjs', 'local/start.ts'], 1, 'Floe needs Node 20.19 or newer; this is 20.18.3.\n'],
  ['18.9.1', ['client/floe.mjs', 'check'], 3, 'floe needs Node 20 or newer; this is 18.9.1.\n'],
] as const)('Node %s is told in one line that it is too old for %j', ([version, args, status, said]) => {
  const ended = spawnSync(process.execPath, ['--import', asNode(version), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(ended).toMatchObject({ status, stdout: '', stderr: said })
})
