import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { ROOT } from '../../local/folder.ts'

const PARTS = [
  'site',
  'core',
  'worker',
  'db',
  'ops',
  'local',
  'client',
  'CHANGELOG.md',
  'SECURITY.md',
  'test/audit/contact-sheet.webp',
  'astro.config.mjs',
  'wrangler.toml',
  'package.json',
  'tsconfig.json',
]

test('the site does not build with a published text that has changed, and says what to do', {
  timeout: 300_000,
}, () => {
  const copy = mkdtempSync(`${tmpdir()}/floe-site-`)
  for (const part of PARTS) cpSync(`${ROOT}/${part}`, `${copy}/${part}`, { recursive: true })
  symlinkSync(`${ROOT}/node_modules`, `${copy}/node_modules`)
  appendFileSync(`${copy}/site/content/notices/privacy/1.md`, '\nOne word more.\n')
  const { status, stderr } = spawnSync(process.execPath, ['local/build-site.mjs'], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  })
  rmSync(copy, { recursive: true })
  expect(status).toBe(1)
  expect(stderr).toContain('privacy/1.md has changed since it was published.')
  expect(stderr).toContain('publish a new version')
})
