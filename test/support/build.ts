import { build } from '../../local/build.ts'

/** Once for all tests: the pages and the very bundle that would be deployed. */
export const setup = build
