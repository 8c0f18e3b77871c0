//! A name as it stands in a statement: whatever it holds, the server reads exactly this name and then what stands behind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::quote;

fuzz_target!(|text: &str| {
    let (given, behind) = text.split_once('\n').unwrap_or((text, " --"));
    // No server takes a NUL in a name, nor in a statement.
    let expected = given.replace('\0', "\u{fffd}");
    for (mark, quoted) in [('"', quote::postgres(given)), ('`', quote::mysql(given))] {
        assert!(!quoted.contains('\0'));
        if !behind.starts_with(mark) {
            let statement = format!("{quoted}{behind}");
            assert_eq!(
                read(&statement, mark),
                (expected.clone(), behind),
                "{statement}"
            );
        }
    }
});

/// What a server reads at the start of a text: the name, and what stands behind it ("Identifiers and Key Words" in the
/// manual of `PostgreSQL`, "Schema Object Names" in those of `MySQL` and `MariaDB`).
fn read(text: &str, mark: char) -> (String, &str) {
    let mut name = String::new();
    let mut rest = text.strip_prefix(mark).expect("a quote");
    loop {
        let (part, after) = rest.split_once(mark).expect("a quote that closes");
        name.push_str(part);
        let Some(doubled) = after.strip_prefix(mark) else {
            return (name, after);
        };
        name.push(mark);
        rest = doubled;
    }
}
