//! `meta secrets`: which keys the stored passwords are encrypted with, and bringing all of them under
//! the current one.
//!
//! Replicas go on meanwhile. Each password is a transaction of its own that replaces just the
//! ciphertext that was read, so one that is changed at the same time stays as it was changed, and
//! whoever is killed has left nothing behind and can begin anew.

use std::fmt;

use catalog::secrets::{self, Credential};
use db::{Store, StoreError};
use models::TenantId;

use super::{SecretError, Secrets};
use crate::StartError;
use crate::config::{Config, ENV_PREFIX};

/// How many data sources are looked up at once.
const AT_ONCE: i32 = 500;

/// What a key is to this service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// New passwords are encrypted with it.
    Current,
    /// Passwords are read by it.
    Previous,
    /// This service does not have it.
    Unknown,
}

/// How many passwords are encrypted with one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The key's id.
    pub key_id: String,
    /// How many passwords.
    pub passwords: i64,
    /// What it is to this service.
    pub standing: Standing,
}

impl fmt::Display for KeyUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match (self.standing, self.passwords) {
            (Standing::Current, _) => "the current key",
            (Standing::Previous, 0) => "not needed any more",
            (Standing::Previous, _) => "to be rotated",
            (Standing::Unknown, _) => "not known to this service",
        };
        write!(f, "{}: {}, {said}", self.key_id, self.passwords)
    }
}

/// What a rotation has done, and what it leaves.
#[derive(Debug)]
pub struct Rotation {
    /// How many passwords were encrypted anew.
    pub rotated: u64,
    /// How many are under each key now.
    pub keys: Vec<KeyUse>,
    /// Tenant and data source of those that the key of their id does not decrypt.
    pub damaged: Vec<(TenantId, i64)>,
}

/// Passwords that are not under the current key although all that could be rotated has been.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// Nobody can read them with the keys that are there.
    #[error(
        "no known key reads the passwords under {0}: add the missing keys to secrets.previous_keys, or give these \
         data sources their passwords anew; then run this again"
    )]
    UnknownKeys(String),
    /// The key is there and does not fit.
    #[error(
        "the key of their id does not decrypt the passwords of {0}: was another key given that id? \
         Else give these data sources their passwords anew"
    )]
    Damaged(String),
    /// Others write with another key.
    #[error(
        "{0} passwords were encrypted with another key meanwhile: give all replicas the same secrets.key_id, \
         and run this again"
    )]
    Overtaken(i64),
}

impl Rotation {
    /// Whether all passwords are under the current key now.
    ///
    /// # Errors
    /// Why some are not.
    pub fn complete(&self) -> Result<(), Incomplete> {
        let of = |standing| self.keys.iter().filter(move |key| key.standing == standing);
        let unknown =
            of(Standing::Unknown).map(|key| format!("key id {} ({})", key.key_id, key.passwords));
        let unknown: Vec<String> = unknown.collect();
        if !unknown.is_empty() {
            return Err(Incomplete::UnknownKeys(unknown.join(", ")));
        }
        if !self.damaged.is_empty() {
            let damaged = self.damaged.iter();
            let damaged =
                damaged.map(|(tenant, id)| format!("data source {id} of tenant {tenant}"));
            return Err(Incomplete::Damaged(damaged.collect::<Vec<_>>().join(", ")));
        }
        match of(Standing::Previous).map(|key| key.passwords).sum::<i64>() {
            0 => Ok(()),
            left => Err(Incomplete::Overtaken(left)),
        }
    }
}

/// How many passwords are encrypted with each key, those of the settings first.
///
/// # Errors
/// When a setting is missing or wrong, or the store cannot be asked.
pub async fn secrets_status(config: &Config) -> Result<Vec<KeyUse>, StartError> {
    let (secrets, store) = open(config)?;
    let keys = key_uses(&store, &secrets).await;
    store.close().await;
    Ok(keys?)
}

/// Encrypts all passwords anew that are not under the current key.
///
/// # Errors
/// When a setting is missing or wrong, or the store cannot be used. What cannot be read is no error
/// here: see [`Rotation::complete`].
pub async fn rotate_secrets(config: &Config) -> Result<Rotation, StartError> {
    let (secrets, store) = open(config)?;
    let rotation = rotate(&store, &secrets).await;
    store.close().await;
    Ok(rotation?)
}

fn open(config: &Config) -> Result<(Secrets, Store), StartError> {
    let secrets = Secrets::new(&config.secrets.resolve()?)?;
    let url = config.store.resolve_url(ENV_PREFIX)?;
    Ok((secrets, Store::open(&url, "plumbline meta secrets", 1)?))
}

async fn key_uses(store: &Store, secrets: &Secrets) -> Result<Vec<KeyUse>, StoreError> {
    let mut connection = store.connection().await?;
    let counts = secrets::count_by_key(&mut connection).await?;
    let known = |id: &str| secrets.key(id).map(|key| key.id.as_str());
    let mut uses: Vec<KeyUse> = secrets
        .keys()
        .map(|key| {
            let of_it = counts
                .iter()
                .filter(|(id, _)| known(id) == Some(key.id.as_str()));
            KeyUse {
                key_id: key.id.clone(),
                passwords: of_it.map(|(_, count)| count).sum(),
                standing: Standing::Previous,
            }
        })
        .collect();
    uses[0].standing = Standing::Current;
    let unknown = counts.iter().filter(|(id, _)| known(id).is_none());
    uses.extend(unknown.map(|(id, count)| KeyUse {
        key_id: id.clone(),
        passwords: *count,
        standing: Standing::Unknown,
    }));
    Ok(uses)
}

async fn rotate(store: &Store, secrets: &Secrets) -> Result<Rotation, StoreError> {
    let mut rotated = 0;
    loop {
        let pass = pass(store, secrets).await?;
        rotated += pass.rotated;
        // Meanwhile a replica may have written with the key before.
        if pass.rotated == 0 && !pass.overtaken {
            return Ok(Rotation {
                rotated,
                keys: key_uses(store, secrets).await?,
                damaged: pass.damaged,
            });
        }
    }
}

/// One go through all data sources.
#[derive(Default)]
struct Pass {
    rotated: u64,
    /// Whether somebody changed one at the same time.
    overtaken: bool,
    damaged: Vec<(TenantId, i64)>,
}

async fn pass(store: &Store, secrets: &Secrets) -> Result<Pass, StoreError> {
    let mut pass = Pass::default();
    let mut after = (TenantId(0), 0);
    loop {
        let mut connection = store.connection().await?;
        let current = &secrets.current.id;
        let found = secrets::list_not_under(&mut connection, current, after, AT_ONCE).await?;
        drop(connection);
        let Some(last) = found.last() else {
            return Ok(pass);
        };
        after = *last;
        for (tenant, id) in found {
            pass.visit(store, secrets, tenant, id).await?;
        }
    }
}

impl Pass {
    async fn visit(
        &mut self,
        store: &Store,
        secrets: &Secrets,
        tenant: TenantId,
        id: i64,
    ) -> Result<(), StoreError> {
        let mut tx = store.begin(tenant).await?;
        let Some(Credential::Sealed(old)) = secrets::get(&mut tx, id).await? else {
            return Ok(());
        };
        match secrets.open(tenant, id, &old) {
            Ok(password) => {
                let new = secrets.seal(tenant, id, &password);
                if secrets::replace(&mut tx, id, &old, &new).await? {
                    tx.commit().await?;
                    self.rotated += 1;
                } else {
                    self.overtaken = true;
                }
            }
            // Those are counted by their keys.
            Err(SecretError::UnknownKey(_)) => {}
            Err(_) => self.damaged.push((tenant, id)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rotation(uses: &[(&str, i64, Standing)], damaged: &[(TenantId, i64)]) -> Rotation {
        let key = |(id, passwords, standing): &(&str, i64, Standing)| KeyUse {
            key_id: (*id).to_owned(),
            passwords: *passwords,
            standing: *standing,
        };
        Rotation {
            rotated: 0,
            keys: uses.iter().map(key).collect(),
            damaged: damaged.to_vec(),
        }
    }

    #[test]
    fn what_is_left_is_told() {
        let current = ("k2", 5, Standing::Current);
        let done = rotation(&[current, ("k1", 0, Standing::Previous)], &[]);
        assert_eq!(done.complete(), Ok(()));
        let lines = done.keys.iter().map(ToString::to_string);
        let lines: Vec<String> = lines.collect();
        assert_eq!(
            lines,
            ["k2: 5, the current key", "k1: 0, not needed any more"]
        );

        let unknown = rotation(
            &[current, ("k0", 3, Standing::Unknown)],
            &[(TenantId(1), 2)],
        );
        let said = unknown.complete().expect_err("some are left").to_string();
        assert!(said.contains("key id k0 (3)"), "{said}");
        let damaged = rotation(
            &[current, ("k1", 1, Standing::Previous)],
            &[(TenantId(1), 2)],
        );
        let said = damaged.complete().expect_err("some are left").to_string();
        assert!(said.contains("data source 2 of tenant 1"), "{said}");
        let overtaken = rotation(&[current, ("k1", 1, Standing::Previous)], &[]);
        assert_eq!(overtaken.complete(), Err(Incomplete::Overtaken(1)));
    }
}
