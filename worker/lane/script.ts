export { ReadLane } from './read-lane.ts'
export { WriteLane } from './write-lane.ts'

/** `floe-lane` answers no request: other Workers call its objects. */
export default { fetch: () => new Response(null, { status: 404 }) } satisfies ExportedHandler
