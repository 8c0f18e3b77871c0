//! The ports, bound before anything else is started.

use std::net::Ipv4Addr;

use tokio::net::TcpListener;

/// Why a port cannot be listened on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenError {
    /// Another program has it.
    #[error(
        "port {port} of 127.0.0.1 is taken: stop the program that listens on it, or choose \
         another with {flag} (0 takes a free one)"
    )]
    Taken {
        /// The port.
        port: u16,
        /// The flag that chooses it.
        flag: &'static str,
    },
    /// The system refuses.
    #[error("cannot listen on port {port} of 127.0.0.1: choose another with {flag}")]
    Refused {
        /// The port.
        port: u16,
        /// The flag that chooses it.
        flag: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// Where both services will be.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(super) meta: TcpListener,
    pub(super) meta_port: u16,
    pub(super) manager: TcpListener,
    pub(super) manager_port: u16,
}

impl Listeners {
    /// Binds both, on the loopback address only.
    pub(crate) async fn bind(meta: u16, manager: u16) -> Result<Self, ListenError> {
        let (meta, meta_port) = bind(meta, "--meta-port").await?;
        let (manager, manager_port) = bind(manager, "--manager-port").await?;
        Ok(Self {
            meta,
            meta_port,
            manager,
            manager_port,
        })
    }

    pub(super) fn meta_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.meta_port)
    }

    pub(super) fn manager_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.manager_port)
    }
}

async fn bind(port: u16, flag: &'static str) -> Result<(TcpListener, u16), ListenError> {
    let refused = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::AddrInUse => ListenError::Taken { port, flag },
        _ => ListenError::Refused { port, flag, source },
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(refused)?;
    let port = listener.local_addr().map_err(refused)?.port();
    Ok((listener, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_names_its_flag() {
        let held = Listeners::bind(0, 0).await.unwrap();
        assert_ne!(held.meta_port, held.manager_port);
        let meta = Listeners::bind(held.meta_port, 0)
            .await
            .unwrap_err()
            .to_string();
        assert!(meta.contains("--meta-port"), "{meta}");
        let manager = Listeners::bind(0, held.manager_port)
            .await
            .unwrap_err()
            .to_string();
        assert!(manager.contains("--manager-port"), "{manager}");
        assert!(
            manager.contains(&held.manager_port.to_string()),
            "{manager}"
        );
    }
}
