//! Signals: those that `plumb` gets are the command's, and that which the command dies of is `plumb`'s.

use std::future::poll_fn;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::task::Poll;

use rustix::process::{Pid, Signal, getpgrp, kill_process};
use tokio::signal::unix::{self, SignalKind};

/// What is passed on. SIGKILL and SIGSTOP cannot be; SIGTSTP and SIGCONT reach the command by themselves.
const PASSED_ON: [Signal; 6] = [
    Signal::TERM,
    Signal::INT,
    Signal::HUP,
    Signal::QUIT,
    Signal::USR1,
    Signal::USR2,
];

/// The signals that `plumb` gets from now on, which do not end it any more.
#[derive(Debug)]
pub(super) struct Signals(Vec<(Signal, unix::Signal)>);

impl Signals {
    /// Listens to all but those that `plumb` was started to ignore, as by `nohup`: the command ignores them
    /// too.
    pub(super) fn listen() -> Self {
        let ignored = ignored();
        let wanted = PASSED_ON.into_iter().filter(|signal| {
            let bit = u32::try_from(signal.as_raw() - 1).unwrap_or_default();
            ignored & (1_u64 << bit) == 0
        });
        // One that cannot be listened to does to plumb what it always did.
        let listened = wanted.filter_map(|signal| {
            let kind = SignalKind::from_raw(signal.as_raw());
            Some((signal, unix::signal(kind).ok()?))
        });
        Self(listened.collect())
    }

    /// The next one that the command has not got already.
    pub(super) async fn next(&mut self) -> Signal {
        self.next_where(|signal| !reaches_the_command(signal)).await
    }

    /// Waits for one that asks to end.
    pub(super) async fn end(&mut self) {
        self.next_where(|signal| signal != Signal::USR1 && signal != Signal::USR2)
            .await;
    }

    async fn next_where(&mut self, is_wanted: impl Fn(Signal) -> bool) -> Signal {
        poll_fn(|context| {
            for (signal, stream) in &mut self.0 {
                while let Poll::Ready(Some(())) = stream.poll_recv(context) {
                    if is_wanted(*signal) {
                        return Poll::Ready(*signal);
                    }
                }
            }
            Poll::Pending
        })
        .await
    }
}

/// Whether the terminal has sent it to the command as well: Ctrl-C and Ctrl-\ go to all in the foreground.
fn reaches_the_command(signal: Signal) -> bool {
    let is_of_keys = signal == Signal::INT || signal == Signal::QUIT;
    let in_foreground = || {
        let terminal = std::fs::File::open("/dev/tty").ok()?;
        Some(rustix::termios::tcgetpgrp(terminal).ok()? == getpgrp())
    };
    is_of_keys && in_foreground().unwrap_or(false)
}

/// The signals that this process ignores, a bit each, where the system tells (Linux, proc(5)).
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}

/// Sends a signal to the command.
pub(super) fn send(signal: Signal, command: Option<u32>) {
    let pid = command.and_then(|id| i32::try_from(id).ok());
    if let Some(pid) = pid.and_then(Pid::from_raw) {
        // One that has just ended needs none.
        let _ = kill_process(pid, signal);
    }
}

/// Ends this process by a signal, as the command was, and without a core of its own. Answers with the exit
/// status that shells give to that, where it cannot be done.
pub(super) fn die_of(signal: i32) -> u8 {
    // Another program in this process has none of our handlers. The shell's own status is for a signal that
    // is ignored.
    let status = 128_u8.saturating_add(u8::try_from(signal).unwrap_or_default());
    let script = format!("ulimit -c 0; kill -{signal} $$; exit {status}");
    let _ = Command::new("/bin/sh").args(["-c", &script]).exec();
    status
}
