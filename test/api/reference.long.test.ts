import { meetHostility, WITH_KEY } from '../support/hostile-calls.ts'
import { wideTest as test } from '../support/world.ts'

test.for(WITH_KEY)(
  '$operationId is never answered with a failure of ours, nor with anything the reference does not know, however often it is tried',
  async (call, { sharedWorld: world, task }) => {
    task.meta.cases = await meetHostility(world, call, 150)
  },
)
