import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { build, type Metafile, type Plugin } from 'esbuild'
import { ROOT } from './folder.ts'
import { shippedSql } from './shipped-sql.ts'

/**
 * Bundles a Worker, by its entry, as one module with its WebAssembly beside it and the text of SQL in place of drizzle: the folder is
 * what is uploaded. What the bundle is made of is written beside the folder, and so is its source map. `plugins` are for bundles that
 * are only measured.
 */
export async function bundle(
  entry: string,
  outdir: string,
  plugins: readonly Plugin[] = [],
): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { index: entry },
    outdir,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    sourcemap: 'external',
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"', 'navigator.userAgent': '"Cloudflare-Workers"' },
    external: ['cloudflare:*'],
    // Copied as they are, and imported by the name that the runtime knows them by.
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'silent',
    plugins: [...plugins, shippedSql()],
  })
  // A module left from an earlier build would be uploaded too.
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  for (const { path, contents } of outputFiles)
    writeFileSync(path.endsWith('.map') ? `${outdir}.js.map` : path, contents)
  writeFileSync(`${outdir}.meta.json`, JSON.stringify(metafile))
  return metafile
}
