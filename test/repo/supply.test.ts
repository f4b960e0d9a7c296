import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { shipped } from '../../local/bill.ts'
import { ROOT } from '../../local/folder.ts'
import { WORKERS } from '../../local/workers.ts'
import { FILES, importsOf, packageOf, reachableFrom, textOf } from '../support/source.ts'

interface Locked {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  inBundle?: boolean
}

const { packages, lockfileVersion } = JSON.parse(textOf('package-lock.json')) as {
  packages: Record<string, Locked & Record<string, Record<string, string>>>
  lockfileVersion: number
}
const manifest = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>
/** Licences that ask for no more than to be named, and oblige whoever runs Floe to nothing. */
const ALLOWED = ['MIT', 'MIT-0', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense']

describe('what is installed', () => {
  test('is by its digest, each package of it, and from the one registry', () => {
    expect(lockfileVersion).toBe(3)
    const entries = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && !inBundle)
    expect(entries.length).toBeGreaterThan(500)
    const loose = entries.filter(
      ([, { integrity, resolved, link }]) =>
        link ||
        !/^sha512-[\w+/]{86}==$/.test(integrity ?? '') ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    )
    expect(loose.map(([path]) => path)).toEqual([])
  })

  test('is what package.json names, version for version', () => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      expect(packages['']![kind]).toEqual(manifest[kind])
    for (const [name, version] of Object.entries(manifest['dependencies']!))
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
  })

  test('runs no script of its own while it is installed, and neither do we', () => {
    expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m)
    const ours = Object.keys(manifest['scripts']!)
    expect(ours.filter(name => /^(pre|post)?(install|prepare|publish)/.test(name))).toEqual([])
  })
})

describe('what ships', () => {
  test('is under licences that ask for no more than to be named', () => {
    const packages = shipped()
    expect(packages.length).toBeGreaterThan(8)
    expect(packages.filter(({ licence }) => !ALLOWED.includes(licence))).toEqual([])
  })

  test('is all of what the Worker imports', () => {
    const names = shipped().map(({ name }) => name)
    const imported = reachableFrom(...WORKERS.map(({ entry }) => entry))
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => !typeOnly && !to.startsWith('cloudflare:') && !FILES.includes(to))
      .map(({ to }) => packageOf(to))
    expect([...new Set(imported)].filter(name => !names.includes(name))).toEqual([])
  })

  test('has a bill of materials that names each of it with its licence and digest', {
    timeout: 120_000,
  }, () => {
    const { stdout, stderr } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8' })
    expect(stderr).toBe('')
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string
      components: { name: string; purl: string; hashes: { alg: string; content: string }[] }[]
    }
    expect(bomFormat).toBe('CycloneDX')
    expect(components.map(({ name }) => name)).toEqual(shipped().map(({ name }) => name))
    for (const { name, purl, hashes } of components) {
      expect(purl).toMatch(/^pkg:npm\/(%40[\w-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/)
      const bytes = Buffer.from(hashes[0]!.content, 'hex')
      expect(`sha512-${bytes.toString('base64')}`, name).toBe(packages[`node_modules/${name}`]!.integrity)
    }
  })
})
