//! Why a token is not believed.

/// Why a token is not believed. The messages are shown to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// There is no `Authorization` header, or not of the scheme `Bearer`.
    #[error("send the header Authorization: Bearer with a token")]
    Missing,
    /// The token is no JWT, or signed in a way that is not taken here.
    #[error(
        "the token is neither an API key nor a JWT signed with an algorithm that this service takes"
    )]
    Malformed,
    /// The API key is none that counts.
    #[error("the API key is not known: it was never made, has expired or has been revoked")]
    Key,
    /// The issuer has no such key.
    #[error("the token is signed with a key that the issuer does not show")]
    UnknownKey,
    /// The issuer's keys cannot be fetched, so that nobody knows.
    #[error("the keys of the tokens' issuer cannot be fetched; try again later")]
    IssuerAway,
    /// None of our keys made the signature.
    #[error("the token's signature is not valid")]
    Signature,
    /// The token was made by or for somebody else.
    #[error("the token is not of the issuer and audience that this service believes")]
    Origin,
    /// The token's time is over.
    #[error("the token has expired")]
    Expired,
    /// The token's time has not come.
    #[error("the token is not valid yet")]
    NotYet,
    /// A claim is missing or cannot be used.
    #[error(
        "the token's claims cannot be used: sub, tenant_id above 0, one or more of the roles \
         viewer, operator, admin, iss, aud and exp are needed"
    )]
    Claims,
}
