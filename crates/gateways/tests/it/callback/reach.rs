//! Five thousand addresses that lead inside, in every spelling that clients understand, and a few that do not.

use super::{callbacks, request};
use farline_app::ports::CallbackGateway;
use farline_app::ports::callback::CallbackAnswer;
use farline_gateways::callback::reach::is_public;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First addresses of networks that lead inside, with how many bits name the network.
const INSIDE: [(&str, u32); 15] = [
    ("0.0.0.0", 8),
    ("10.0.0.0", 8),
    ("100.64.0.0", 10),
    ("127.0.0.0", 8),
    ("169.254.0.0", 16),
    ("172.16.0.0", 12),
    ("192.0.0.0", 24),
    ("192.0.2.0", 24),
    ("192.88.99.0", 24),
    ("192.168.0.0", 16),
    ("198.18.0.0", 15),
    ("198.51.100.0", 24),
    ("203.0.113.0", 24),
    ("224.0.0.0", 4),
    ("240.0.0.0", 4),
];

/// Some address of a network: the first, the last, and others between them.
fn within((network, bits): (&str, u32), place: u32) -> Ipv4Addr {
    let first = u32::from(network.parse::<Ipv4Addr>().unwrap());
    let size = 32 - bits;
    let hosts = if size == 32 { u32::MAX } else { (1_u32 << size) - 1 };
    let offset = match place {
        0 => 0,
        1 => hosts,
        _ => place.wrapping_mul(2_654_435_761) & hosts,
    };
    Ipv4Addr::from(first | offset)
}

/// The spellings of an address that a URL may have.
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let whole = u32::from(address);
    let low = u32::from(c) << 8 | u32::from(d);
    vec![
        format!("https://{address}/"),
        format!("https://{address}:8443/hook?x=1"),
        format!("https://{whole}/"),
        format!("https://0x{whole:x}/"),
        format!("https://0{whole:o}/"),
        format!("https://0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}/"),
        format!("https://0{a:o}.0{b:o}.0{c:o}.0{d:o}/"),
        format!("https://{a}.{b}.{low}/"),
        format!("https://{address}./"),
        format!("https://%{:02x}{}/", address.to_string().as_bytes()[0], &address.to_string()[1..]),
        format!("https://[::ffff:{address}]/"),
        format!("https://[::{address}]/"),
        format!("https://[64:ff9b::{address}]/"),
        format!("https://[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]/"),
        format!("HTTPS://{address}/"),
    ]
}

#[test]
fn five_thousand_addresses_that_lead_inside_are_refused() {
    let callbacks = callbacks(&[]);
    let mut tried = 0;
    for network in INSIDE {
        for place in 0..23 {
            for url in spellings(within(network, place)) {
                assert!(callbacks.may_call(&url).is_err(), "{url} may be called");
                tried += 1;
            }
        }
    }
    assert!(tried > 5000, "only {tried} were tried");
}

#[tokio::test]
async fn what_is_refused_is_not_called_either() {
    let callbacks = callbacks(&[]);
    for network in INSIDE {
        for url in spellings(within(network, 2)) {
            let answer = callbacks.tell(&request(&url)).await;
            assert!(matches!(answer, CallbackAnswer::NotTaken { .. }), "{url} was called");
        }
    }
}

#[test]
fn addresses_of_other_kinds_are_refused() {
    let callbacks = callbacks(&[]);
    let table = [
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/",
        "https://[2001::1]/",
        "https://[3fff::1]/",
        "https://[100::1]/",
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://example.com:22/",
        "https://example.com:6379/",
        "https://example.com:80/",
        "https://user@example.com/",
        "https://user:word@example.com/",
        "https://8.8.8.8@127.0.0.1/",
        "//example.com/",
        "example.com",
        "",
        "https://",
        "data:text/plain,x",
    ];
    for url in table {
        assert!(callbacks.may_call(url).is_err(), "{url} may be called");
    }
    let table = [
        "https://example.com/",
        "https://example.com:8443/told?shop=1",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "https://远游.example/told",
    ];
    for url in table {
        assert_eq!(callbacks.may_call(url), Ok(()), "{url}");
    }
}

#[test]
fn the_business_may_name_networks_of_its_own() {
    let callbacks = callbacks(&["10.20.0.0/16", "fd00:1::/32"]);
    let table = [
        ("http://10.20.3.4:9000/told", true),
        ("https://10.20.3.4/told", true),
        ("https://[fd00:1::5]:99/", true),
        ("http://10.21.3.4/told", false),
        ("https://10.19.255.255/", false),
        ("https://[fd00:2::5]/", false),
        ("http://user@10.20.3.4/", false),
        ("ftp://10.20.3.4/", false),
        ("http://example.com/", false),
    ];
    for (url, expected) in table {
        assert_eq!(callbacks.may_call(url).is_ok(), expected, "{url}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The standard library's own judgement, where it has one.
    #[test]
    fn what_is_private_by_its_kind_is_not_public(octets in any::<[u8; 16]>(), v4 in any::<u32>()) {
        let v4 = Ipv4Addr::from(v4);
        let is_inside = v4.is_private() || v4.is_loopback() || v4.is_link_local()
            || v4.is_broadcast() || v4.is_documentation() || v4.is_unspecified() || v4.is_multicast();
        prop_assert!(!(is_inside && is_public(IpAddr::V4(v4))), "{v4}");
        let v6 = Ipv6Addr::from(octets);
        let is_inside = v6.is_loopback() || v6.is_unspecified() || v6.is_multicast()
            || v6.is_unique_local() || v6.is_unicast_link_local();
        prop_assert!(!(is_inside && is_public(IpAddr::V6(v6))), "{v6}");
        prop_assert!(!is_public(IpAddr::V6(v4.to_ipv6_mapped())), "{v4}");
    }
}
