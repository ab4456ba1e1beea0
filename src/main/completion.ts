/** Scripts with which a shell completes commands and flags, made from the commands themselves. */
import type { Command, Option } from 'commander';

export const SHELLS = ['bash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** The values that an option may have; none for any text. */
export type ChoicesOf = (option: Option) => readonly string[];

/** The script for a shell, to be read by `source`. */
export function completionScript(shell: Shell, program: Command, choices: ChoicesOf): string {
  return shell === 'bash' ? bashScript(program, choices) : zshScript(program, choices);
}

const functionName = (program: Command): string => `_${program.name().replaceAll('-', '_')}`;

const visible = ({ options }: Command): readonly Option[] => options.filter(({ hidden }) => !hidden);

/** The flags of a command, `--help` included. */
const flagsOf = (command: Command): string[] => [...visible(command).flatMap(({ long }) => long ?? []), '--help'];

/** The words that may be the first argument. */
const argumentsOf = ({ registeredArguments: [first] }: Command): readonly string[] => first?.argChoices ?? [];

function bashScript(program: Command, choices: ChoicesOf): string {
  const { commands } = program;
  const name = functionName(program);
  const top = [...commands.map((command) => command.name()), ...flagsOf(program)];
  const withChoices = commands.flatMap((command) =>
    visible(command)
      .filter((option) => choices(option).length > 0)
      .map((option) => `      "${command.name()} ${option.long}") words="${choices(option).join(' ')}" ;;`),
  );
  // Any text, such as the path of a file.
  const texts = commands.flatMap((command) =>
    visible(command)
      .filter((option) => option.required && choices(option).length === 0)
      .map((option) => `"${command.name()} ${option.long}"`),
  );
  const flags = commands.map(
    (command) => `          ${command.name()}) words="${[...argumentsOf(command), ...flagsOf(command)].join(' ')}" ;;`,
  );
  return `# source <(${program.name()} completion bash)
${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  # Bash takes --flag=value apart.
  if [[ $current == "=" ]]; then current=""
  elif [[ $previous == "=" ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then words="${top.join(' ')}"
  else
    case "\${COMP_WORDS[1]} $previous" in
${withChoices.join('\n')}
      ${texts.join('|')}) return ;;
      *)
        case "\${COMP_WORDS[1]}" in
${flags.join('\n')}
        esac ;;
    esac
  fi
  COMPREPLY=( $(compgen -W "$words" -- "$current") )
}
complete -o bashdefault -o default -F ${name} ${program.name()}
`;
}

function zshScript(program: Command, choices: ChoicesOf): string {
  const name = functionName(program);
  const commands = program.commands.map((command) => quoted(`${command.name()}:${command.description()}`));
  const cases = program.commands.map((command) => {
    const specs = [
      ...visible(command).map((option) => optionSpec(option, choices)),
      quoted('--help[show help]'),
      ...(argumentsOf(command).length > 0 ? [quoted(`1:value:(${argumentsOf(command).join(' ')})`)] : []),
    ];
    return `    ${command.name()})\n      _arguments ${specs.join(' \\\n        ')} ;;`;
  });
  return `#compdef ${program.name()}
# source <(${program.name()} completion zsh), after compinit
${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C '--version[show the version]' '--help[show help]' '1:command:->command' '*::argument:->argument'
  case $state in
  command)
    local -a commands=(
      ${commands.join('\n      ')}
    )
    _describe command commands ;;
  argument)
    case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}
if [[ "$funcstack[1]" == "_${program.name()}" ]]; then ${name} "$@"; else compdef ${name} ${program.name()}; fi
`;
}

function optionSpec(option: Option, choices: ChoicesOf): string {
  const [sentence = ''] = option.description.split(/(?<=\w)[.:;](?:\s|$)/, 1);
  const described = sentence.replace(/[[\]:\\]/g, '\\$&');
  if (!option.required) return quoted(`${option.long}[${described}]`);
  const values = choices(option);
  return quoted(`*${option.long}=[${described}]:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
