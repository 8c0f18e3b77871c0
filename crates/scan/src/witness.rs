//! Who says what a list of names holds.

use serde::{Deserialize, Serialize};

/// Who answered, and what the login could see: a name that is not listed is gone only where the same
/// one says so that listed it before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// What tells the server from every other; None where the login may not know it.
    pub server: Option<String>,
    /// A digest of the login's rights, where names hide from those without (`MySQL`, `MariaDB`).
    pub rights: Option<String>,
    /// What was different in the course of one run: part of it was read from another server, or with
    /// other rights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wavered: Option<Doubt>,
}

/// Why names that are no longer listed may be there nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Another server answers at the address.
    Server,
    /// The login may see other things than before.
    Rights,
}

impl Doubt {
    /// For messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Server => "another server answers at the address",
            Self::Rights => "the rights of the login have changed",
        }
    }
}

impl Witness {
    /// Why names that this one does not list may be there nevertheless, when `before` listed them; with
    /// None when nobody is known who did.
    #[must_use]
    pub fn doubt(&self, before: Option<&Self>) -> Option<Doubt> {
        let differ = |now: &Option<String>, before: &Option<String>| {
            now.is_some() && before.is_some() && now != before
        };
        self.wavered.or_else(|| {
            let before = before?;
            before.wavered.or_else(|| {
                if differ(&self.server, &before.server) {
                    Some(Doubt::Server)
                } else if differ(&self.rights, &before.rights) {
                    Some(Doubt::Rights)
                } else {
                    None
                }
            })
        })
    }

    /// This one, who answered after another in the same run.
    #[must_use]
    pub fn after(self, earlier: Option<&Self>) -> Self {
        let wavered = self.doubt(earlier);
        Self { wavered, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn witness(server: Option<&str>, rights: Option<&str>) -> Witness {
        Witness {
            server: server.map(str::to_owned),
            rights: rights.map(str::to_owned),
            wavered: None,
        }
    }

    #[test]
    fn only_what_is_known_of_both_can_differ() {
        let before = witness(Some("a"), Some("x"));
        let doubt = |now: &Witness| now.doubt(Some(&before));
        assert_eq!(doubt(&before), None);
        assert_eq!(doubt(&witness(Some("b"), Some("x"))), Some(Doubt::Server));
        assert_eq!(doubt(&witness(Some("a"), Some("y"))), Some(Doubt::Rights));
        assert_eq!(doubt(&witness(None, None)), None);
        assert_eq!(before.doubt(Some(&Witness::default())), None);
        assert_eq!(before.doubt(None), None);
    }

    #[test]
    fn one_who_wavered_is_doubted_by_itself_and_as_the_one_before() {
        let (all, less) = (witness(Some("a"), Some("x")), witness(Some("a"), Some("y")));
        let steady = all.clone().after(Some(&all));
        assert_eq!(steady, all);
        let wavering = less.clone().after(Some(&all));
        assert_eq!(wavering.doubt(None), Some(Doubt::Rights));
        assert_eq!(less.doubt(Some(&wavering)), Some(Doubt::Rights));
        // What was once doubtful stays so to the end of the run.
        assert_eq!(less.after(Some(&wavering)), wavering);
    }
}
