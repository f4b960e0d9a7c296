import { CALL_NAMES } from '../call.ts'
import { COMMANDS, type CommandName } from './command-table.ts'
import { optionsOf } from './usage.ts'
import { Usage } from './usage-error.ts'

const NAMES = Object.keys(COMMANDS) as CommandName[]

/** Prints what a shell needs to complete the command line. */
export function completion(shell: string | undefined): number {
  const script = shell === 'bash' ? bash() : shell === 'zsh' ? zsh() : shell === 'fish' ? fish() : undefined
  if (script === undefined) throw new Usage('completion needs the name of a shell: bash, zsh or fish.')
  console.log(script)
  return 0
}

const bash = () => `_floe() {
  local word=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "help ${NAMES.join(' ')}" -- "$word"))
    return
  fi
  case $command:$word in
    help:*) COMPREPLY=($(compgen -W "${NAMES.join(' ')}" -- "$word")) ;;
    completion:*) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")) ;;
${NAMES.map(
  name =>
    `    ${name}:-*) COMPREPLY=($(compgen -W "${optionsOf(name)
      .map(([option]) => `--${option}`)
      .join(' ')}" -- "$word")) ;;`,
).join('\n')}
    call:*)
      if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "${CALL_NAMES.join(' ')}" -- "$word"))
      else _floe_files "$word"; fi ;;
    *) _floe_files "$word" ;;
  esac
}
_floe_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
}
complete -o filenames -F _floe floe`

/** Quotes a text for a shell, in which zsh's own signs mean nothing. */
const quoted = (text: string): string => `'${text.replaceAll("'", '’').replaceAll(/[[\]:\\]/g, '\\$&')}'`

const zsh = () => `#compdef floe
_floe() {
  local -a commands
  commands=(
${NAMES.map(name => `    ${name}:${quoted(COMMANDS[name].does)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
    help) _describe command commands ;;
    completion) _values shell bash zsh fish ;;
    call) (( CURRENT == 3 )) && _values call ${CALL_NAMES.join(' ')} || _files ;;
${NAMES.filter(name => !['call', 'completion'].includes(name))
  .map(
    name =>
      `    ${name}) _arguments ${optionsOf(name)
        .map(
          ([option, { value, says }]) =>
            `--${option}'[${quoted(says).slice(1, -1)}]${value ? `:${value}:_files` : ''}'`,
        )
        .join(' ')} '*:file:_files' ;;`,
  )
  .join('\n')}
  esac
}
if [ "$funcstack[1]" = _floe ]; then _floe "$@"; else compdef _floe floe; fi`

const fish = () =>
  [
    'complete -c floe -n __fish_use_subcommand -a help -d "says what a command takes"',
    `complete -c floe -n '__fish_seen_subcommand_from help' -f -a '${NAMES.join(' ')}'`,
    ...NAMES.map(
      name => `complete -c floe -n __fish_use_subcommand -a ${name} -d ${quotedForFish(COMMANDS[name].does)}`,
    ),
    `complete -c floe -n '__fish_seen_subcommand_from call' -a '${CALL_NAMES.join(' ')}'`,
    "complete -c floe -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'",
    ...NAMES.flatMap(name =>
      optionsOf(name).map(
        ([option, { value, says }]) =>
          `complete -c floe -n '__fish_seen_subcommand_from ${name}' -l ${option}${value ? ' -r' : ''} -d ${quotedForFish(says)}`,
      ),
    ),
  ].join('\n')

const quotedForFish = (text: string): string => `'${text.replaceAll("'", '’').replaceAll('\\', '\\\\')}'`
