/** `nb-backtest completion SHELL`: a script that asks `nb-backtest __complete` what may stand at the cursor. */
import { nearestHint } from '../../check.js';
import { ConfigError } from '../../errors.js';
import type { Context } from '../context.js';

const BASH = `# Completion of nb-backtest for bash. To install:
#   mkdir -p ~/.local/share/bash-completion/completions
#   nb-backtest completion bash > ~/.local/share/bash-completion/completions/nb-backtest
# or, without the package bash-completion, add to ~/.bashrc:
#   source <(nb-backtest completion bash)
_nb_backtest() {
  local line="\${COMP_LINE:0:COMP_POINT}" current="\${COMP_WORDS[COMP_CWORD]}" item files=''
  # Bash ends a word at = and : too; what stands before them is not replaced.
  [[ $current == [=:] ]] && current=''
  local word="\${line##*[[:space:]]}"
  local before="\${word%"$current"}"
  COMPREPLY=()
  while IFS= read -r item; do
    if [[ $item == ':files' ]]; then files=1; else COMPREPLY+=("\${item#"$before"}"); fi
  done < <("\${COMP_WORDS[0]}" __complete "$line" 2>/dev/null)
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r item; do COMPREPLY+=("$item"); done < <(compgen -f -- "$current")
  fi
}
complete -F _nb_backtest nb-backtest
`;

const ZSH = `#compdef nb-backtest
# Completion of nb-backtest for zsh. To install, in a folder of $fpath, then start a new shell:
#   nb-backtest completion zsh > "\${fpath[1]}/_nb-backtest"
_nb_backtest() {
  local -a found
  local item files=''
  while IFS= read -r item; do
    if [[ $item == ':files' ]]; then files=1; else found+=("$item"); fi
  done < <("\${words[1]}" __complete "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)
  (( \${#found} )) && compadd -- "\${found[@]}"
  [[ -n $files ]] && _files
  return 0
}
if [[ \${funcstack[1]} == _nb-backtest ]]; then _nb_backtest "$@"; else compdef _nb_backtest nb-backtest; fi
`;

const FISH = `# Completion of nb-backtest for fish. To install:
#   nb-backtest completion fish > ~/.config/fish/completions/nb-backtest.fish
function __nb_backtest_complete
  for item in (nb-backtest __complete (commandline -cp) 2>/dev/null)
    if test "$item" = ':files'
      __fish_complete_path (commandline -ct)
    else
      echo $item
    end
  end
end
complete -c nb-backtest -f -a '(__nb_backtest_complete)'
`;

const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['bash', BASH],
  ['zsh', ZSH],
  ['fish', FISH],
]);

/** Prints the script of the shell that is named. */
export function completionCommand({ positionals, console }: Context): void {
  const [shell = '', extra] = positionals;
  const script = SCRIPTS.get(shell);
  if (script === undefined || extra !== undefined) {
    const names = [...SCRIPTS.keys()];
    throw new ConfigError('completion', positionals.join(' '), names.join(', '), nearestHint(shell, names));
  }
  console.out(script);
}
