import { readFileSync } from 'node:fs'
import { defineConfig } from 'astro/config'

// The origin that addresses in the site's own head and sitemap begin with: the Worker's, said once.
const [, site] = /^BASE_URL = "(.+)"$/m.exec(readFileSync(new URL('wrangler.toml', import.meta.url), 'utf8'))

export default defineConfig({
  site,
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist/site',
  output: 'static',
  compressHTML: true,
  build: { format: 'directory', assets: '_assets', inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    build: {
      // The pages' policy allows no data: address, so nothing may be inlined as one.
      assetsInlineLimit: 0,
      // A name made from a page's path may have signs in it that no link of ours is spelled with (worker/app.ts).
      rollupOptions: { output: { assetFileNames: '_assets/[hash][extname]' } },
    },
  },
})
