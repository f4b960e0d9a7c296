import { Miniflare } from 'miniflare'

/** Serves a script in workerd from a process of its own: the first message is the script, the answer its URL. */
process.once('message', async script => {
  const miniflare = new Miniflare({
    modules: true,
    script: String(script),
    compatibilityDate: '2026-04-20',
    cf: false,
  })
  process.send!((await miniflare.ready).href)
  process.once('SIGTERM', () => miniflare.dispose().then(() => process.exit(0)))
  process.once('disconnect', () => process.exit(0))
})
