//! The way to a server: TLS where that is wanted, and a guard for all that follows.

use futures::FutureExt;
use models::datasource::TlsMode;

use super::greeting;
use super::guard::Answers;
use crate::passage::{self, Passage, Wire};
use crate::probe::Offer;
use crate::{ScanError, Target, tls};

/// A passage to the server, in the target's TLS mode.
pub(super) async fn passage(target: &Target) -> Result<Passage, ScanError> {
    let stream = passage::reach(target).await?;
    let greeted = greeting::dialogue(target, stream).await?;
    let (wire, is_secure): (Box<dyn Wire>, bool) = match (target.tls.mode, greeted.offer) {
        (TlsMode::Disable, _) | (TlsMode::Prefer, Offer::None | Offer::Unknown) => {
            (Box::new(greeted.stream), false)
        }
        (_, Offer::None | Offer::Unknown) => return Err(tls::not_offered(target)),
        // The server waits for the handshake, and for nothing before it.
        (_, Offer::After(_)) => (Box::new(tls::shake(target, greeted.stream).await?), true),
    };
    let guard = Answers::new(target.clone(), is_secure);
    Passage::open(target.port, move |_| {
        async move { Ok(Some((wire, Box::new(guard) as _))) }.boxed()
    })
}
