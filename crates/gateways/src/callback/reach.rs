//! Which addresses may be called: those of the public network, and those that the business names.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that lead to no public host (IANA's registry of special-purpose addresses).
const INSIDE_V4: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8),
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
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The one network of IPv6 in which public hosts are.
const PUBLIC_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Networks within it that lead to none, or through to an address of IPv4.
const INSIDE_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

fn holds<A: Into<IpAddr> + Copy>((network, bits): (A, u8), address: IpAddr) -> bool {
    IpNet::new(network.into(), bits).is_ok_and(|network| network.contains(&address))
}

/// Whether an address is of a public host.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => !INSIDE_V4.into_iter().any(|network| holds(network, address)),
        IpAddr::V6(_) => {
            holds(PUBLIC_V6, address)
                && !INSIDE_V6.into_iter().any(|network| holds(network, address))
        }
    }
}

/// What may be called.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Networks of the business's own that may be reached too.
    pub also: Vec<IpNet>,
}

impl Reach {
    /// Reads the networks that the business names, such as `10.20.0.0/16`.
    ///
    /// # Errors
    /// When one is no network.
    pub fn named(networks: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            text.parse().map_err(|_| format!("“{text}” is no network such as 10.20.0.0/16"))
        };
        Ok(Self { also: networks.iter().map(read).collect::<Result<_, _>>()? })
    }

    /// Whether the business named a network that an address is in.
    pub fn is_named(&self, address: IpAddr) -> bool {
        self.also.iter().any(|network| network.contains(&address))
    }

    /// Whether an address may be connected to.
    pub fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.is_named(address)
    }
}
