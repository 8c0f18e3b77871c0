//! What the program `meta` says of itself. Cargo builds it for this test; tests of the whole start it from where it then
//! is.

use std::process::Command;

#[test]
fn help_is_a_contract() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_meta"));
    let help = program.arg("--help").env_clear().output();
    let help = help.expect("the program can be run");
    assert!(help.status.success(), "{help:?}");
    insta::assert_snapshot!(String::from_utf8_lossy(&help.stdout), @r"
    Plumbline's service for data sources, scanning, the catalog and jobs

    Usage: meta [OPTIONS] <COMMAND>

    Commands:
      serve    Migrate the store, then serve the API and run jobs until SIGTERM or Ctrl-C
      worker   Migrate the store, then run jobs only, without the API, until SIGTERM or Ctrl-C
      migrate  Migrate the store and exit
      health   Ask the running service on this machine whether it is ready; exit status 0 if so
      secrets  Look after the encryption of data sources' passwords
      config   Look at the settings
      help     Print this message or the help of the given subcommand(s)

    Options:
          --config <FILE>  A TOML file with the settings that differ from the defaults [env: META_CONFIG=]
      -h, --help           Print help
      -V, --version        Print version
    ");
}
