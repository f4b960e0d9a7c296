import { DEMO } from '../../local/seed.ts'
import { provision } from '../../ops/provision.ts'
import { png } from '../support/picture.ts'
import type { World } from '../support/world.ts'

/** A brand with a colour that is hard to read on white. */
export const LOOK = {
  colour: '#e8590c',
  logo: png(144, 144, [232, 89, 12]).toString('base64'),
  website: 'https://north.example/',
  imprint: 'https://north.example/imprint',
  privacy: 'https://north.example/privacy',
}

const POSTAL_ADDRESS = 'North & Co., 1 Ice Street, 101 Reykjavík, Iceland'

/** Gives a tenant's sender that brand. */
export async function dress(world: World): Promise<void> {
  const [penguin] = DEMO.tenants
  const [north] = penguin!.workspaces
  const name = world.path.split('/')[0]!
  const plan = {
    tenants: [{ ...penguin!, name, workspaces: [{ ...north!, brand: LOOK, postalAddress: POSTAL_ADDRESS }] }],
  }
  await provision(world.endpoint, plan)
}
