import { type Bindings, parseEnv } from './env.ts'
export type AppBindings = Bindings
export const appSettings = (bindings: AppBindings) => parseEnv(bindings)
