//! Where attachments may be fetched from.

use reqwest::Url;
use url::Origin;

use super::AddressFault;

/// Discord's hosts for attachments: the files, and what it makes of pictures.
const DISCORD: [&str; 2] = ["https://cdn.discordapp.com", "https://media.discordapp.net"];

/// Where attachments are on them. Those of a command's options are of the second kind.
const PATHS: [&str; 2] = ["/attachments/", "/ephemeral-attachments/"];

/// The hosts that have attachments: Discord's own always, as even with a rate-limit proxy for the API the files stay where
/// they are, and the one that stands in for Discord's API.
#[derive(Clone, Debug)]
pub(super) struct Source {
    stand_in: Option<Origin>,
}

/// Whose host it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Host {
    Discord,
    StandIn,
}

impl Source {
    /// The hosts that go with an API.
    pub(super) fn of(api: &Url) -> Self {
        Self { stand_in: (api.host_str() != Some("discord.com")).then(|| api.origin()) }
    }

    /// The address as it is going to be asked, if it is one of an attachment, and whose host is asked.
    ///
    /// Only what has been taken apart is looked at, and the same is asked: there is no second reading of the text that
    /// could come out otherwise.
    pub(super) fn admit(&self, address: &str) -> Result<(Host, Url), AddressFault> {
        let url = Url::parse(address).map_err(|_| AddressFault::Unreadable)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressFault::User);
        }
        let host = self.host(&url.origin()).ok_or(AddressFault::Host)?;
        if is_attachment(url.path()) { Ok((host, url)) } else { Err(AddressFault::Path) }
    }

    fn host(&self, origin: &Origin) -> Option<Host> {
        if DISCORD.contains(&origin.ascii_serialization().as_str()) {
            return Some(Host::Discord);
        }
        (self.stand_in.as_ref() == Some(origin)).then_some(Host::StandIn)
    }
}

/// Whether a path leads to an attachment. The dots of `..` are resolved by now; slashes that are hidden in a name could
/// still bring a server to see some.
fn is_attachment(path: &str) -> bool {
    let hides_slash = path
        .as_bytes()
        .windows(3)
        .any(|part| part.eq_ignore_ascii_case(b"%2f") || part.eq_ignore_ascii_case(b"%5c") || part == b"%25");
    let name = PATHS.iter().find_map(|start| path.strip_prefix(start));
    !hides_slash && name.is_some_and(|name| !name.is_empty() && !name.starts_with('/'))
}
