import * as z from 'zod/mini'

/** Demands exactly one of two fields; the fault names the first. */
export const exactlyOne = <One extends string, Other extends string>(one: One, other: Other) =>
  z.refine<{ [field in One | Other]?: unknown }>(
    input => (input[one] === undefined) !== (input[other] === undefined),
    { message: `give exactly one of ${one} and ${other}`, path: [one] },
  )
