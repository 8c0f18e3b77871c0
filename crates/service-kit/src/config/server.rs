//! `[server]`: where a service listens, and what it takes from whom.

use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::time::Duration;

use http::HeaderValue;
use ipnet::IpNet;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use url::Url;

use super::comma_list;

/// `[server]`: where the service listens and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// How long a request may take until its answer starts, in seconds.
    pub request_timeout_seconds: u64,
    /// How long the head of a request may take, from the start of its connection or the end of the
    /// answer before it, in seconds.
    pub header_timeout_seconds: NonZeroU64,
    /// How long the body of a request may take, in seconds.
    pub body_timeout_seconds: NonZeroU64,
    /// The largest request body, in bytes.
    pub body_limit_bytes: usize,
    /// How many connections are open at once. When one more comes, the one that has waited longest
    /// for a request is closed.
    pub max_connections: NonZeroUsize,
    /// How many requests are worked on at once; one more is refused with 429.
    pub max_concurrent_requests: NonZeroUsize,
    /// How many requests one caller may make in a second on average; 0 for any number.
    pub requests_per_second: u32,
    /// How many requests one caller may make at once after a pause.
    pub request_burst: NonZeroU32,
    /// The proxies in front whose `X-Forwarded-For` is believed.
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// The origins whose pages may call the API besides its own.
    #[serde(deserialize_with = "origins")]
    pub cors_allowed_origins: Vec<HeaderValue>,
}

impl ServerConfig {
    /// Address and port together.
    #[must_use]
    pub fn socket_address(&self) -> SocketAddr {
        SocketAddr::new(self.address, self.port)
    }

    /// How long a request may take until its answer starts.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds)
    }

    /// How long the head of a request may take.
    #[must_use]
    pub fn header_timeout(&self) -> Duration {
        Duration::from_secs(self.header_timeout_seconds.get())
    }

    /// How long the body of a request may take.
    #[must_use]
    pub fn body_timeout(&self) -> Duration {
        Duration::from_secs(self.body_timeout_seconds.get())
    }
}

/// Reads a list of networks, such as `10.0.0.0/8`; an address alone is a network of one.
fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpNet>, D::Error> {
    let read = |text: String| {
        let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
        let network = text.parse().ok().or_else(address);
        network.ok_or_else(|| {
            let what = "is no network: write one as 10.0.0.0/8, or one address";
            D::Error::custom(format!("server.trusted_proxies: {text} {what}"))
        })
    };
    comma_list(from)?.into_iter().map(read).collect()
}

/// Reads a list of origins, exactly as a browser sends them (RFC 6454, section 7).
fn origins<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<HeaderValue>, D::Error> {
    let read = |text: String| {
        let url = Url::parse(&text).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let is_origin = url.is_some_and(|url| url.origin().ascii_serialization() == text);
        let value = HeaderValue::from_str(&text).ok().filter(|_| is_origin);
        value.ok_or_else(|| {
            let what =
                "is no origin: write it as a browser sends it, such as https://app.example.org";
            D::Error::custom(format!("server.cors_allowed_origins: {text} {what}"))
        })
    };
    comma_list(from)?.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Lists {
        #[serde(deserialize_with = "networks")]
        networks: Vec<IpNet>,
        #[serde(deserialize_with = "origins")]
        origins: Vec<HeaderValue>,
    }

    fn read(networks: &str, origins: &str) -> Result<Lists, String> {
        let text = format!("networks = '{networks}'\norigins = '{origins}'\n");
        toml::from_str(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn networks_and_origins_are_read() {
        let lists = read(
            "10.0.0.0/8, ::1,127.0.0.1",
            "https://a.example,http://b:8080",
        )
        .unwrap();
        let networks: Vec<_> = lists.networks.iter().map(ToString::to_string).collect();
        assert_eq!(networks, ["10.0.0.0/8", "::1/128", "127.0.0.1/32"]);
        assert_eq!(lists.origins, ["https://a.example", "http://b:8080"]);
        let none = read("", "").unwrap();
        assert!(none.networks.is_empty() && none.origins.is_empty());
    }

    #[test]
    fn what_is_none_is_named() {
        for network in ["10.0.0.0/33", "proxy.example", "*", "10.0.0"] {
            let error = read(network, "").unwrap_err();
            assert!(
                error.contains("trusted_proxies") && error.contains(network),
                "{error}"
            );
        }
        for origin in [
            "*",
            "null",
            "https://a.example/",
            "https://a.example/x",
            "https://a.example:443",
            "https://A.example",
            "ftp://a.example",
            "a.example",
        ] {
            let error = read("", origin).unwrap_err();
            assert!(
                error.contains("cors_allowed_origins") && error.contains(origin),
                "{error}"
            );
        }
    }
}
