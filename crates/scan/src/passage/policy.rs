//! Which addresses the operator lets data sources have.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A network as in `10.0.0.0/8` or `fd00::/8`; an address alone is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// A text is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is no network: write it as in 10.0.0.0/8 or fd00::/8, with no bit set after the prefix"
)]
pub struct NetworkError(String);

impl Network {
    const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
            prefix,
        }
    }

    const fn v6(first: [u16; 3], last: [u16; 2], prefix: u8) -> Self {
        let [a, b, c] = first;
        Self {
            address: IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, last[0], last[1])),
            prefix,
        }
    }

    fn has(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }

    /// Whether all of the other is in this one.
    fn covers(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && self.has(other.address)
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = || NetworkError(text.to_owned());
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let widest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| wrong())?,
            None => widest,
        };
        // Addresses are compared as IPv4 where they stand for one: a mapped network would match none.
        let is_mapped = address.to_canonical() != address;
        let unset = match address {
            IpAddr::V4(address) => address.to_bits().trailing_zeros(),
            IpAddr::V6(address) => address.to_bits().trailing_zeros(),
        };
        if prefix > widest || is_mapped || unset < u32::from(widest - prefix) {
            return Err(wrong());
        }
        Ok(Self { address, prefix })
    }
}

impl TryFrom<String> for Network {
    type Error = NetworkError;

    fn try_from(text: String) -> Result<Self, NetworkError> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// What no data source has unless the operator names it: addresses that only mean something on one link or one
/// machine, and those at which clouds hand out credentials to whoever asks from inside.
const REFUSED: [Network; 16] = [
    // "This network", multicast, reserved and broadcast (RFC 6890); link-local with the metadata of most clouds.
    Network::v4(0, 0, 0, 0, 8),
    Network::v4(224, 0, 0, 0, 4),
    Network::v4(240, 0, 0, 0, 4),
    Network::v4(169, 254, 0, 0, 16),
    // Metadata of Alibaba and Oracle, and the WireServer of Azure.
    Network::v4(100, 100, 100, 200, 32),
    Network::v4(192, 0, 0, 192, 32),
    Network::v4(168, 63, 129, 16, 32),
    // Unspecified, multicast, link-local (RFC 4291).
    Network::v6([0, 0, 0], [0, 0], 128),
    Network::v6([0xff00, 0, 0], [0, 0], 8),
    Network::v6([0xfe80, 0, 0], [0, 0], 10),
    // Metadata of AWS, credentials of its pods, metadata of Google, Oracle and Scaleway.
    Network::v6([0xfd00, 0x0ec2, 0], [0, 0x0254], 128),
    Network::v6([0xfd00, 0x0ec2, 0], [0, 0x0023], 128),
    Network::v6([0xfd20, 0x00ce, 0], [0, 0x0254], 128),
    Network::v6([0xfd00, 0x00c1, 0], [0xa9fe, 0xa9fe], 128),
    Network::v6([0xfd00, 0x0042, 0], [0, 0x0042], 128),
    // Which IPv4 address a translator makes of these only its operator knows (RFC 8215).
    Network::v6([0x64, 0xff9b, 1], [0, 0], 48),
];

/// Which addresses may be connected to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    allowed: Vec<Network>,
    denied: Vec<Network>,
}

impl Policy {
    /// What is in `denied` is refused. Of the rest, only what is in `allowed` is not, unless that is empty. What is
    /// refused anyway, link-local and metadata addresses among it, takes an entry in `allowed` that names it and
    /// nothing wider: `0.0.0.0/0` opens none of it.
    #[must_use]
    pub fn new(allowed: Vec<Network>, denied: Vec<Network>) -> Self {
        Self { allowed, denied }
    }

    /// For one who connects from a machine of his own: every address.
    #[must_use]
    pub fn anywhere() -> Self {
        let everything = [
            Network::v4(0, 0, 0, 0, 0),
            Network::v6([0, 0, 0], [0, 0], 0),
        ];
        Self {
            allowed: [&REFUSED[..], &everything].concat(),
            denied: Vec::new(),
        }
    }

    /// Whether an address may be connected to, in each form in which it may be written.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.permits_as_written(address)
            && inner(address).is_none_or(|inner| self.permits_as_written(inner.into()))
    }

    /// Whether a host that is written as an address may be connected to. A name says nothing yet.
    #[must_use]
    pub fn permits_host(&self, host: &str) -> bool {
        host.parse().map_or(true, |address| self.permits(address))
    }

    fn permits_as_written(&self, address: IpAddr) -> bool {
        let has = |network: &Network| network.has(address);
        if self.denied.iter().any(has) {
            return false;
        }
        let opened = |refused: &Network| {
            let mut allowed = self.allowed.iter();
            allowed.any(|network| network.has(address) && refused.covers(network))
        };
        if let Some(refused) = REFUSED.iter().find(|network| network.has(address)) {
            return opened(refused);
        }
        self.allowed.is_empty() || self.allowed.iter().any(has)
    }
}

/// The IPv4 address that a translator makes of an address of `64:ff9b::/96` (RFC 6052), or to which one of `2002::/16`
/// is sent (6to4, RFC 3056).
fn inner(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(address) = address else {
        return None;
    };
    let ([0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..]) = address.segments()
    else {
        return None;
    };
    Some(Ipv4Addr::from_bits(
        (u32::from(high) << 16) | u32::from(low),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(allowed: &[&str], denied: &[&str]) -> Policy {
        let networks = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Policy::new(networks(allowed), networks(denied))
    }

    fn permits(policy: &Policy, address: &str) -> bool {
        policy.permits(address.parse().unwrap())
    }

    #[test]
    fn what_means_one_link_or_hands_out_credentials_is_refused() {
        let open = Policy::default();
        for address in [
            "169.254.169.254",
            "169.254.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "::",
            "fe80::1",
            "febf::1",
            "ff02::1",
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254",
            "fd00:c1::a9fe:a9fe",
            "fd00:42::42",
            "64:ff9b:1::10.0.0.1",
            "64:ff9b:1:ffff::",
            // The same in other words.
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "64:ff9b::169.254.169.254",
            "2002:a9fe:a9fe::1",
            "2002:a9fe:a9fe:1:2:3:4:5",
        ] {
            assert!(!permits(&open, address), "{address}");
        }
        for address in [
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "169.253.255.255",
            "169.255.0.0",
            "100.100.100.201",
            "::1",
            "fd00:ec2::255",
            "fec0::1",
            "2001:db8::1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:2::169.254.169.254",
            "2002:a00:1::1",
        ] {
            assert!(permits(&open, address), "{address}");
        }
    }

    #[test]
    fn what_is_denied_is_refused_whatever_is_allowed() {
        let policy = policy(&["10.0.0.0/8"], &["10.1.0.0/16", "fd00::/8"]);
        assert!(permits(&policy, "10.0.0.1"));
        assert!(!permits(&policy, "10.1.255.255"));
        assert!(!permits(&policy, "::ffff:10.1.0.1"));
        assert!(!permits(&policy, "64:ff9b::10.1.0.1"));
        assert!(permits(&policy, "10.2.0.0"));
    }

    #[test]
    fn only_what_is_allowed_is_not_refused() {
        let policy = policy(&["10.0.0.0/8", "2001:db8::/32"], &[]);
        assert!(permits(&policy, "10.255.255.255"));
        assert!(permits(&policy, "2001:db8:ffff::1"));
        for address in ["11.0.0.0", "127.0.0.1", "::1", "2001:db9::"] {
            assert!(!permits(&policy, address), "{address}");
        }
    }

    #[test]
    fn what_is_refused_anyway_takes_an_entry_of_its_own() {
        let wide = policy(&["0.0.0.0/0", "::/0"], &[]);
        assert!(permits(&wide, "8.8.8.8"));
        assert!(!permits(&wide, "169.254.169.254"));
        assert!(!permits(&wide, "fe80::1"));
        let named = policy(&["0.0.0.0/0", "169.254.10.0/24", "fe80::/10"], &[]);
        assert!(permits(&named, "169.254.10.7"));
        assert!(permits(&named, "::ffff:169.254.10.7"));
        assert!(permits(&named, "fe80::1"));
        let translated = policy(&["64:ff9b:1:64::/96"], &[]);
        assert!(permits(&translated, "64:ff9b:1:64::10.0.0.1"));
        assert!(!permits(&translated, "64:ff9b:1:65::10.0.0.1"));
        assert!(!permits(&named, "169.254.169.254"));
    }

    #[test]
    fn one_without_an_operator_may_go_anywhere() {
        for address in ["169.254.169.254", "fe80::1", "8.8.8.8", "::1", "0.0.0.0"] {
            assert!(permits(&Policy::anywhere(), address), "{address}");
        }
    }

    #[test]
    fn a_host_that_is_a_name_says_nothing_yet() {
        let open = Policy::default();
        assert!(open.permits_host("db.example"));
        assert!(open.permits_host("127.0.0.1"));
        assert!(!open.permits_host("169.254.169.254"));
        assert!(!open.permits_host("fe80::1"));
    }

    #[test]
    fn networks_are_read_and_printed() {
        for (text, printed) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("10.1.2.3", "10.1.2.3/32"),
            ("::1", "::1/128"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), printed);
        }
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.1/8",
            "10.0.0.0/-1",
            "10.0.0.0/",
            "fd00::1/8",
            "::/129",
            "::ffff:10.0.0.0/104",
            "db.example",
            "10.0.0/8",
        ] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
