//! A password that is looked for wherever it might have got.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::unique;

/// A password that nothing else contains, and what it looks like when somebody has encoded it.
#[derive(Debug)]
pub struct Canary {
    /// The password.
    pub password: String,
    forms: Vec<(&'static str, String)>,
}

impl Canary {
    /// A fresh one.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn new() -> Self {
        let name = unique("canary");
        let (_, core) = name.rsplit_once('_').expect("digits behind it");
        // What any URL, JSON text or `Debug` print escapes stands around letters and digits, which none
        // of them changes.
        let password = format!("p \"w\\ö/%'&{core}=+?#");
        Self {
            password,
            forms: forms(core),
        }
    }

    /// In which form a text has it, if in any.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&'static str> {
        let mut forms = self.forms.iter();
        let found = forms.find(|(_, form)| text.contains(form))?;
        Some(found.0)
    }

    /// Checks that a text does not have it.
    ///
    /// # Panics
    /// When it does; the message has the lines.
    #[track_caller]
    pub fn assert_absent(&self, place: &str, text: &str) {
        for line in text.lines() {
            let found = self.find(line);
            assert!(
                found.is_none(),
                "{place} has the password {found:?}: {line}"
            );
        }
    }

    /// Checks that no process on this machine has it among its arguments, nor in its environment but
    /// for those that were given it there.
    ///
    /// # Panics
    /// When one does.
    #[track_caller]
    pub fn assert_in_no_process(&self, given: &[u32]) {
        let mut seen = 0;
        for entry in fs::read_dir("/proc")
            .expect("a list of processes")
            .flatten()
        {
            let name = entry.file_name();
            let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            for (file, looks) in [("cmdline", true), ("environ", !given.contains(&pid))] {
                // One that has ended meanwhile, or is somebody else's, cannot be read.
                let Ok(bytes) = fs::read(entry.path().join(file)) else {
                    continue;
                };
                let text = String::from_utf8_lossy(&bytes).replace('\0', "\n");
                if looks {
                    self.assert_absent(&format!("{file} of process {pid}"), &text);
                }
                seen += 1;
            }
        }
        assert!(seen > 1, "at least this one can be read");
    }
}

impl Default for Canary {
    fn default() -> Self {
        Self::new()
    }
}

fn forms(core: &str) -> Vec<(&'static str, String)> {
    let each = |begin: &str, format: &dyn Fn(u8) -> String, between: &str| {
        let bytes: Vec<String> = core.bytes().map(format).collect();
        format!("{begin}{}", bytes.join(between))
    };
    let lower = |byte| format!("{byte:02x}");
    let upper = |byte| format!("{byte:02X}");
    let decimal = |byte: u8| byte.to_string();
    let mut forms = vec![
        ("as it is", core.to_owned()),
        ("as hexadecimal digits", each("", &lower, "")),
        ("as upper hexadecimal digits", each("", &upper, "")),
        ("percent-encoded", each("%", &upper, "%")),
        ("as escaped bytes", each("\\x", &lower, "\\x")),
        ("as a list of bytes", each("", &decimal, ", ")),
        ("as a short list of bytes", each("", &decimal, ",")),
        ("reversed", core.chars().rev().collect()),
    ];
    // Three bytes make four characters, so it looks different by where among the three it begins.
    for before in 0..3 {
        let bytes = [&b"\0\0"[..before], core.as_bytes()].concat();
        let whole = (8 * before).div_ceil(6)..(8 * bytes.len()) / 6;
        for (name, text) in [
            ("in base64", STANDARD_NO_PAD.encode(&bytes)),
            ("in base64 for URLs", URL_SAFE_NO_PAD.encode(&bytes)),
        ] {
            forms.push((name, text[whole.clone()].to_owned()));
        }
    }
    forms
}
