import { readFile, writeFile } from 'node:fs/promises'

/** Returns the path of a module of the folder `test/fixtures/lane`. */
export const laneFixture = (name: string): string =>
  new URL(`../fixtures/lane/${name}.js`, import.meta.url).pathname

/** Writes lanes with a fault of `faulty.js` each into a folder, and returns the path. */
export async function faultyLane(
  dir: string,
  fault: string,
  readFault = 'has another primary',
): Promise<string> {
  const text = await readFile(laneFixture('faulty'), 'utf8')
  const faulty = text
    .replace(" FAULT = 'none'", ` FAULT = '${fault}'`)
    .replace("READ_FAULT = 'has another primary'", `READ_FAULT = '${readFault}'`)
  await writeFile(`${dir}/lane.js`, faulty)
  return `${dir}/lane.js`
}
