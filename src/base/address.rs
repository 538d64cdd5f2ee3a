//! Addresses that lead nowhere but to the public internet.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use url::{Host, Url};

/// The longest address of a site's, in bytes.
pub const LONGEST_URL: usize = 500;

/// A name without any public address.
#[derive(Debug, thiserror::Error)]
#[error("{0} has no public address")]
struct NotPublic(String);

/// Why an address isn't one that a site may be called at.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum UrlFault {
    /// It leads into a private network, or to this machine.
    #[error("not on the public internet")]
    Private,
    /// It is longer than [`LONGEST_URL`].
    #[error("too long")]
    TooLong,
    /// It isn't https, or has a user or a fragment in it.
    #[error("not a plain https address")]
    Unfit,
}

/// The address of a site, if it may be called there. Where this machine alone can reach the service, as in tests and
/// while developing, http and any host will do.
///
/// What a name leads to is known only when it is called: see [`lookup_public`].
///
/// # Errors
///
/// When it isn't one.
pub fn site_url(typed: &str, is_local: bool) -> Result<Url, UrlFault> {
    let url = Url::parse(typed).map_err(|_| UrlFault::Unfit)?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let scheme = url.scheme() == "https" || (is_local && url.scheme() == "http");
    let host = url.host().filter(|_| is_plain && scheme).ok_or(UrlFault::Unfit)?;
    if url.as_str().len() > LONGEST_URL {
        return Err(UrlFault::TooLong);
    }
    let is_public = match host {
        Host::Domain(name) => !matches!(name.trim_end_matches('.').rsplit('.').next(), Some("localhost")),
        Host::Ipv4(address) => is_public(address.into()),
        Host::Ipv6(address) => is_public(address.into()),
    };
    if is_public || is_local { Ok(url) } else { Err(UrlFault::Private) }
}

/// Resolves a name as the machine does and forgets every address that isn't public, so that no answer of a name server
/// leads into the network that this service runs in.
///
/// # Errors
///
/// When nothing is left, or the name can't be resolved.
pub async fn lookup_public(name: &str) -> io::Result<Vec<SocketAddr>> {
    let found = tokio::net::lookup_host((name, 0)).await?;
    let found: Vec<SocketAddr> = found.filter(|found| is_public(found.ip())).collect();
    if found.is_empty() { Err(io::Error::other(NotPublic(name.to_owned()))) } else { Ok(found) }
}

/// The IPv4 blocks that aren't public, with the length of their prefix.
/// See [IANA IPv4 Special-Purpose Address Registry](https://www.iana.org/assignments/iana-ipv4-special-registry).
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The IPv6 blocks that aren't public among those that otherwise are.
/// See [IANA IPv6 Special-Purpose Address Registry](https://www.iana.org/assignments/iana-ipv6-special-registry).
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    // Teredo, benchmarks, overlays.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4, which holds any IPv4 address.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

/// All public IPv6 addresses, and some that aren't.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// IPv4 addresses as a machine without IPv4 sees them, [RFC 6052](https://www.rfc-editor.org/rfc/rfc6052).
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether an address is one on the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) if is_in_v6(address, NAT64) => {
            let [.., a, b, c, d] = address.octets();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        IpAddr::V6(address) => {
            is_in_v6(address, GLOBAL_V6) && !SPECIAL_V6.iter().any(|block| is_in_v6(address, *block))
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_in =
        |(block, prefix): &(Ipv4Addr, u32)| (address.to_bits() ^ block.to_bits()).leading_zeros() >= *prefix;
    !SPECIAL_V4.iter().any(is_in)
}

fn is_in_v6(address: Ipv6Addr, (block, prefix): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ block.to_bits()).leading_zeros() >= prefix
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn public_addresses_are_told_from_all_others() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "162.159.130.233",
            "172.15.255.255",
            "172.32.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::6810:1",
            "2001:200::1",
            "64:ff9b::1.1.1.1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.19.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:1.1.1.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_site_is_called_over_https_on_the_internet() {
        assert_eq!(
            site_url("https://Club.example/a b", false).unwrap().as_str(),
            "https://club.example/a%20b"
        );
        assert!(site_url("https://1.1.1.1:8443/hook?a=1", false).is_ok());
        let long = format!("https://club.example/{}", "x".repeat(LONGEST_URL));
        for (bad, fault) in [
            ("", UrlFault::Unfit),
            ("club.example", UrlFault::Unfit),
            ("http://club.example", UrlFault::Unfit),
            ("ftp://club.example", UrlFault::Unfit),
            ("https://me@club.example", UrlFault::Unfit),
            ("https://club.example/#x", UrlFault::Unfit),
            (&long, UrlFault::TooLong),
            ("https://localhost", UrlFault::Private),
            ("https://x.localhost./", UrlFault::Private),
            ("https://127.0.0.1/", UrlFault::Private),
            ("https://2130706433/", UrlFault::Private),
            ("https://0x7f.1/", UrlFault::Private),
            ("https://[::1]/", UrlFault::Private),
            ("https://[::ffff:10.0.0.1]/", UrlFault::Private),
            ("https://169.254.169.254/latest", UrlFault::Private),
        ] {
            assert_eq!(site_url(bad, false), Err(fault), "{bad}");
        }
        assert!(site_url("http://127.0.0.1:8080/hook", true).is_ok());
        assert_eq!(site_url("ftp://127.0.0.1", true), Err(UrlFault::Unfit));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_leads_nowhere() {
        assert_eq!(
            lookup_public("localhost").await.unwrap_err().to_string(),
            "localhost has no public address"
        );
    }
}
