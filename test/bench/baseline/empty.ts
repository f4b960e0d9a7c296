/** The smallest possible worker. */
export default { fetch: () => new Response('') }
