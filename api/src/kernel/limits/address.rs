//! Who is asking: the address of the caller, through the proxies that are trusted and no other.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use actix_web::HttpRequest;

/// An address or a block of addresses (`10.0.0.0/8`, `::1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// Why a network is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address or a block of addresses is written 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, bits) = text.trim().split_once('/').unzip();
        let address: IpAddr = address
            .unwrap_or(text.trim())
            .parse()
            .map_err(|_unreadable: std::net::AddrParseError| NetworkError)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |bits| {
            bits.parse()
                .map_err(|_unreadable: std::num::ParseIntError| NetworkError)
        })?;
        (bits <= width)
            .then_some(Self { address, bits })
            .ok_or(NetworkError)
    }
}

impl Network {
    /// Whether an address belongs to the block.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(block), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                block.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(block), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                block.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// The caller's address: the peer's, or, when the peer is a trusted proxy, the last forwarded
/// address that is not one itself. What a caller writes further left is never believed.
#[must_use]
pub fn client_address(req: &HttpRequest, trusted: &[Network]) -> IpAddr {
    let peer = req
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip());
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    if !is_trusted(address) {
        return address;
    }
    let lines: Vec<&str> = req
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|line| line.to_str().ok())
        .collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Some(forwarded) = hop_address(hop.trim()) else {
            return address;
        };
        address = forwarded;
        if !is_trusted(address) {
            return address;
        }
    }
    address
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bare = hop.parse::<IpAddr>().ok();
    let with_port = || {
        hop.parse::<std::net::SocketAddr>()
            .ok()
            .map(|address| address.ip())
    };
    bare.or_else(with_port)
        .map(|address| address.to_canonical())
}

/// What is counted together: an IPv4 address, or the /64 that one subscriber holds in IPv6.
#[must_use]
pub(super) fn partition(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_network_holds_its_addresses() {
        let holds = |network: &str, address: &str| {
            network
                .parse::<Network>()
                .unwrap()
                .contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.200.3.4"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.1", "192.0.2.1"));
        assert!(!holds("192.0.2.1", "192.0.2.2"));
        assert!(holds("0.0.0.0/0", "203.0.113.9"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(!holds("2001:db8::/32", "192.0.2.1"));
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "x", "::/129", "10.0.0.0/"] {
            assert_eq!(bad.parse::<Network>(), Err(NetworkError), "{bad}");
        }
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_only() {
        let seen = |peer: &str, forwarded: &str| {
            let request = TestRequest::default()
                .peer_addr(peer.parse().unwrap())
                .insert_header(("X-Forwarded-For", forwarded))
                .to_http_request();
            client_address(&request, &["10.0.0.0/8".parse().unwrap()]).to_string()
        };
        assert_eq!(
            seen("192.0.2.7:1", "203.0.113.1"),
            "192.0.2.7",
            "a forged header"
        );
        assert_eq!(seen("10.0.0.1:1", "203.0.113.1"), "203.0.113.1");
        assert_eq!(
            seen("10.0.0.1:1", "203.0.113.1, 198.51.100.2"),
            "198.51.100.2"
        );
        assert_eq!(seen("10.0.0.1:1", "203.0.113.1, 10.0.0.2"), "203.0.113.1");
        assert_eq!(seen("10.0.0.1:1", "203.0.113.1:4711"), "203.0.113.1");
        assert_eq!(seen("10.0.0.1:1", "203.0.113.1, unknown"), "10.0.0.1");
        assert_eq!(seen("[::ffff:10.0.0.1]:1", "203.0.113.1"), "203.0.113.1");
    }
}
