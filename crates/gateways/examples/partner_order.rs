//! What partners are shown in Rust (`/en/partners`): the tests build and run it as it stands there.

#![expect(clippy::print_stdout, reason = "it is a program of its own")]

include!("../../channels/assets/partner/order.rs");

/// The client as partners have it: theirs brings its cryptography along, which here is chosen once for the whole workspace.
mod reqwest {
    pub(crate) struct Client;

    impl Client {
        #[expect(clippy::new_ret_no_self, reason = "it stands in for the client's own")]
        pub(crate) fn new() -> ::reqwest::Client {
            // Nobody has installed one before.
            let _ = rustls::crypto::ring::default_provider().install_default();
            ::reqwest::Client::new()
        }
    }
}
