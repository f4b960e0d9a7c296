import { readFileSync } from 'node:fs'
import { isEntry, runCommand } from '../ops/cli.ts'
import { ROOT } from './folder.ts'

/** A package whose code may be in the bundle: a dependency of the Worker, direct or not. */
export interface Shipped {
  name: string
  version: string
  licence: string
  /** SHA-512 of its archive, in hex. */
  digest: string
}

interface Locked {
  version: string
  license?: string
  integrity?: string
  dev?: boolean
  optional?: boolean
  devOptional?: boolean
}

/** Returns the packages that ship, from the lock file. */
export function shipped(): Shipped[] {
  const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
    packages: Record<string, Locked>
  }
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path, { version, license = 'none named', integrity = '' }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
      digest: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Returns the bill of materials of the packages that ship, as CycloneDX 1.5. npm's own leaves out packages that are also
 * development dependencies, and refuses a tree in which a package asks for `latest`.
 */
export const billOfMaterials = (packages: readonly Shipped[], name = 'floe') => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'application', name, licenses: [{ license: { id: 'MIT' } }] } },
  components: packages.map(({ name, version, licence, digest }) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    return {
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      purl,
      licenses: [{ license: { id: licence } }],
      hashes: [{ alg: 'SHA-512', content: digest }],
    }
  }),
})

if (isEntry(import.meta.url))
  await runCommand(async () => {
    const packages = shipped()
    if (process.argv[2] === 'sbom') console.log(JSON.stringify(billOfMaterials(packages), undefined, 2))
    else
      for (const { name, version, licence } of packages)
        console.log(`${name.padEnd(24)} ${version.padEnd(10)} ${licence}`)
  })
