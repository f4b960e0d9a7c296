import { readFile, writeFile } from 'node:fs/promises'

/** Returns the path of a module of the folder `test/fixtures/lane`. */
export const laneFixture = (name: string): string =>
  new URL(`../fixtures/lane/${name}.js`, import.meta.url).pathname

/** Writes a lane with a fault of `faulty.js` into a folder, and returns its path. */
export async function faultyLane(dir: string, fault: string): Promise<string> {
  const text = await readFile(laneFixture('faulty'), 'utf8')
  await writeFile(`${dir}/lane.js`, text.replace("FAULT = 'none'", `FAULT = '${fault}'`))
  return `${dir}/lane.js`
}
