//! URLs, taken apart for endpoint rules.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

/// A URL without a query
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#url-structure)).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The host, and the port where one is given: `example.com:8443`. An IPv6 address stands in brackets.
    pub authority: &'a str,
    /// The path as given; `/` where none is.
    pub path: &'a str,
    /// The path with a slash at its end too.
    pub normalized_path: Cow<'a, str>,
    /// Whether the host is an IPv4 or IPv6 address.
    pub is_ip: bool,
}

/// Takes a URL apart
/// ([specification](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function)).
///
/// Returns `None` for what is not a URL with a host, for other schemes than `http` and `https`, and for a URL with a
/// query, be it empty. A user name and a fragment are dropped.
pub fn parse_url(value: &str) -> Option<Url<'_>> {
    let uri: Uri = value.parse().ok()?;
    let scheme = match uri.scheme_str()? {
        "http" => "http",
        "https" => "https",
        _ => return None,
    };
    let host = uri.host().filter(|host| !host.is_empty())?;
    // The parser checked the parts but owns its copy of them; here they are found again in `value`.
    let (_, rest) = value.split_once("://")?;
    let rest = rest.split('#').next()?;
    if rest.contains('?') {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let authority = authority.rsplit('@').next()?;
    // The parser lets brackets stand where they do not hold an address, and any port pass.
    if host.contains(['[', ']']) && !is_ip(host) {
        return None;
    }
    let port = authority.strip_prefix(host)?;
    if !port.is_empty() {
        port.strip_prefix(':')?.parse::<u16>().ok()?;
    }
    let normalized_path = match path.ends_with('/') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("{path}/")),
    };
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path,
        is_ip: is_ip(host),
    })
}

fn is_ip(host: &str) -> bool {
    match host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_url;

    #[test]
    fn examples_of_the_specification_and_more() {
        for (value, scheme, authority, path, normalized, is_ip) in [
            (
                "https://example.com",
                "https",
                "example.com",
                "/",
                "/",
                false,
            ),
            (
                "http://example.com:80/foo/bar",
                "http",
                "example.com:80",
                "/foo/bar",
                "/foo/bar/",
                false,
            ),
            ("https://127.0.0.1", "https", "127.0.0.1", "/", "/", true),
            (
                "https://127.0.0.1:8443/a/",
                "https",
                "127.0.0.1:8443",
                "/a/",
                "/a/",
                true,
            ),
            ("https://[fe80::1]", "https", "[fe80::1]", "/", "/", true),
            (
                "https://[fe80::1]:8443/a",
                "https",
                "[fe80::1]:8443",
                "/a",
                "/a/",
                true,
            ),
            (
                "https://192.168.1.1.1/foo",
                "https",
                "192.168.1.1.1",
                "/foo",
                "/foo/",
                false,
            ),
            (
                "https://999.999.abc.blah",
                "https",
                "999.999.abc.blah",
                "/",
                "/",
                false,
            ),
            (
                "https://user:secret@example.com/a",
                "https",
                "example.com",
                "/a",
                "/a/",
                false,
            ),
            (
                "https://example.com/a#b?c",
                "https",
                "example.com",
                "/a",
                "/a/",
                false,
            ),
            (
                "HTTPS://example.com/%2F",
                "https",
                "example.com",
                "/%2F",
                "/%2F/",
                false,
            ),
        ] {
            let url = parse_url(value).unwrap_or_else(|| panic!("{value} is a URL"));
            let found = (
                url.scheme,
                url.authority,
                url.path,
                url.normalized_path.as_ref(),
                url.is_ip,
            );
            assert_eq!(
                found,
                (scheme, authority, path, normalized, is_ip),
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_not_a_url_for_rules() {
        for value in [
            "",
            "/",
            "*",
            "example.com",
            "example.com:443",
            "//example.com",
            "https://",
            "https:///path",
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/?",
            "https://example.com:port",
            "https://example.com:",
            "https://example.com:65536",
            "https://[fe80::1]8443",
            "file:///foo/bar",
            "ftp://example.com",
            "https://exa mple.com",
            "https://[fe80::1",
            "http://[fe80::1@]:80",
            "https://[example.com]",
        ] {
            assert_eq!(parse_url(value), None, "{value}");
        }
    }
}
