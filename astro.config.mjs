import { defineConfig } from 'astro/config'

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist/site',
  output: 'static',
  compressHTML: true,
  build: { format: 'directory', assets: '_assets', inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  // The pages' policy allows no data: address, so nothing may be inlined as one.
  vite: { build: { assetsInlineLimit: 0 } },
})
