import { readFileSync } from 'node:fs'
import { defineConfig } from 'astro/config'

// Origin of URLs in the site's head and sitemap, taken from the Worker's setting.
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
      // The pages' content security policy allows no `data:` URL, so nothing is inlined as one.
      assetsInlineLimit: 0,
      // Names by hash alone: those made from a page's path may hold characters that the Worker does not serve
      // (worker/app.ts).
      rollupOptions: { output: { assetFileNames: '_assets/[hash][extname]' } },
    },
  },
})
