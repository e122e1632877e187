//! The one socket of the program: a healthcheck service is told that a run succeeded or failed.
//!
//! Nothing but the request itself is sent: no name, no figure, no words.

use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;

use crate::secret::Secret;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often it is made before it is given up.
const TRIES: usize = 2;

/// Why nobody could be told. The words never hold the address: whoever has it can pretend to be us.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// What was kept as the address is none.
    #[error("the address is not one of http or https")]
    Address,
    /// The other side refused.
    #[error("the healthcheck answered with {0}")]
    Status(u16),
    /// The other side could not be reached, or was too slow.
    #[error("the healthcheck could not be reached: {0}")]
    Unreachable(&'static str),
}

/// Asks for the address by GET when a run succeeded, and for the address with `/fail` behind its path when
/// it failed.
///
/// # Errors
/// [`Trouble`] when it was not answered with success.
pub fn ping(address: &Secret, succeeded: bool) -> Result<(), Trouble> {
    let address = if succeeded { parsed(address)? } else { failing(&parsed(address)?)? };
    let agent = Config::builder()
        .timeout_global(Some(PATIENCE))
        // What is secret stays so where the other side leads elsewhere.
        .https_only(address.scheme_str() == Some("https"))
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let ask = || agent.get(address.clone()).call().map(drop).map_err(|error| trouble(&error));
    let mut asked = ask();
    for _ in 1..TRIES {
        asked = asked.or_else(|_| ask());
    }
    asked
}

fn parsed(address: &Secret) -> Result<Uri, Trouble> {
    let address: Uri = address.reveal().parse().map_err(|_| Trouble::Address)?;
    let known = address.host().is_some() && matches!(address.scheme_str(), Some("http" | "https"));
    if known { Ok(address) } else { Err(Trouble::Address) }
}

/// `https://example.org/x?y` → `https://example.org/x/fail?y`
fn failing(address: &Uri) -> Result<Uri, Trouble> {
    let path = format!("{}/fail", address.path().trim_end_matches('/'));
    let query = address.query().map_or(String::new(), |query| format!("?{query}"));
    let mut parts = address.clone().into_parts();
    parts.path_and_query = Some((path + &query).parse().map_err(|_| Trouble::Address)?);
    Uri::from_parts(parts).map_err(|_| Trouble::Address)
}

/// What went wrong, without the address that the error may name.
fn trouble(error: &ureq::Error) -> Trouble {
    Trouble::Unreachable(match error {
        ureq::Error::StatusCode(code) => return Trouble::Status(*code),
        ureq::Error::BadUri(_) => return Trouble::Address,
        ureq::Error::Timeout(_) => "no answer in time",
        ureq::Error::HostNotFound => "its host is not known",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "no secure connection",
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => "no connection",
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => "it leads elsewhere",
        _ => "it does not speak HTTP",
    })
}
