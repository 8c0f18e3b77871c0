//! `plumb completion`.

use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  plumb completion bash > ~/.local/share/bash-completion/completions/plumb
  plumb completion zsh > \"${fpath[1]}/_plumb\"
  plumb completion fish > ~/.config/fish/completions/plumb.fish
  source <(plumb completion bash)";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionArguments {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
