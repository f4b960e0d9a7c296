import { LOG_LEVELS, type LogLevel } from '../../core/log.ts'
import { combined, optional, type Setting, setting, text, usually } from '../../core/setting.ts'
import type { Version } from '../health/deps.ts'

/** Setting of which lines are written. */
export const logLevelSetting: Setting<LogLevel> = setting('LOG_LEVEL', (given = 'error', refuse) => {
  const level = LOG_LEVELS.find(each => each === given)
  if (!level) refuse('must be error or info')
  return level
})

/** Setting of which version this is. */
export const versionSetting: Setting<Version> = combined(
  {
    commit: setting(
      'COMMIT',
      usually('unknown', text(['must be a commit', name => /^[\w.-]{1,64}$/.test(name)])),
    ),
    build: setting('VERSION', (given, refuse) => {
      const { id } = (given ?? { id: 'local' }) as { id?: unknown }
      return text()(id, () => refuse('must be the metadata of a version'))
    }),
  },
  version => version,
)

/** Setting of the token of those who watch. */
export const metricsTokenSetting: Setting<string | undefined> = setting(
  'METRICS_TOKEN',
  optional(text(['must have at least 24 characters', token => token.length >= 24])),
)
