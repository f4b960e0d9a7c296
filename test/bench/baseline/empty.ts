/** The least a worker can be. */
export default { fetch: () => new Response('') }
