import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../../local/folder.ts'

test.for(['migrate', 'provision', 'keys', 'backup', 'restore', 'deploy', 'doctor', 'serve'])(
  'npm run %s gives its help, and ends with 0',
  command => {
    const ended = spawnSync('npm', ['run', '--silent', command, '--', '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('npm run') })
  },
)
