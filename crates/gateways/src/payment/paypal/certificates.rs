//! The certificates that sign PayPal's webhooks: fetched from PayPal's own hosts only, believed only when a public
//! authority vouches for them, and kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use farline_app::ports::payment::PaymentUnknown;
use farline_domain::kernel::Instant;
use reqwest::{Client, Url};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use tokio::sync::Mutex as AsyncMutex;
use webpki::{EndEntityCert, KeyUsage};

use super::settings::{PayPalMode, PayPalSettings, PayPalSettingsError};
use crate::payment::answer::{self, Answer};

/// Where certificates are at PayPal's hosts.
const FOLDER: &str = "/v1/notifications/certs/";

/// The most characters of a certificate's name.
const LONGEST_NAME: usize = 100;

/// How many are kept; PayPal uses one for months.
const MOST_KEPT: usize = 8;

/// How often one is fetched in a minute at most: a webhook can be sent by anybody, and may name any.
const FETCHES_PER_MINUTE: usize = 10;

/// One certificate and those between it and an authority, as PayPal sends them.
type Chain = Vec<CertificateDer<'static>>;

pub(super) struct Certificates {
    mode: PayPalMode,
    /// Where to fetch in place of PayPal's host, in tests.
    elsewhere: Option<Url>,
    anchors: Vec<TrustAnchor<'static>>,
    client: Client,
    kept: Mutex<VecDeque<(String, Arc<Chain>)>>,
    /// When one was fetched lately. Whoever holds it is the only one who fetches.
    fetches: AsyncMutex<VecDeque<Instant>>,
}

impl Certificates {
    pub(super) fn new(
        settings: &PayPalSettings,
        client: Client,
    ) -> Result<Self, PayPalSettingsError> {
        Ok(Self {
            mode: settings.mode,
            elsewhere: settings.stand_in.is_some().then(|| settings.api()).transpose()?,
            anchors: settings.anchors()?,
            client,
            kept: Mutex::default(),
            fetches: AsyncMutex::default(),
        })
    }

    /// Whether the holder of the certificate at this address signed this text with SHA256withRSA. The address must be
    /// one of PayPal's, the certificate at hand, and its chain good now.
    pub(super) fn signed(
        &self,
        address: &str,
        (text, signature): (&[u8], &[u8]),
        now: Instant,
    ) -> bool {
        self.pinned(address)
            .and_then(|_| self.at_hand(address))
            .filter(|chain| self.is_good(chain, now))
            .and_then(|chain| {
                let signer = EndEntityCert::try_from(chain.first()?).ok()?;
                let algorithm = webpki::ring::RSA_PKCS1_2048_8192_SHA256;
                signer.verify_signature(algorithm, text, signature).ok()
            })
            .is_some()
    }

    /// Fetches the certificate at an address of PayPal's, unless a good one is at hand. An address elsewhere and a
    /// certificate that is not there or not good leave nothing at hand, and so nothing they sign is believed.
    pub(super) async fn fetch(&self, address: &str, now: Instant) -> Result<(), PaymentUnknown> {
        let Some((host, name)) = self.pinned(address) else { return Ok(()) };
        let is_at_hand = || self.at_hand(address).is_some_and(|chain| self.is_good(&chain, now));
        if is_at_hand() {
            return Ok(());
        }
        let mut fetches = self.fetches.lock().await;
        if is_at_hand() {
            return Ok(());
        }
        fetches.retain(|at| now.millis_since(*at).abs() < 60_000);
        if fetches.len() >= FETCHES_PER_MINUTE {
            return Err(PaymentUnknown("too many certificates in a minute".to_owned()));
        }
        fetches.push_back(now);
        let call = self.client.get(self.place(host, name)?);
        if let Answer::Success(pem) = answer::ask(call).await? {
            let chain: Result<Chain, _> = CertificateDer::pem_slice_iter(&pem).collect();
            if let Some(chain) = chain.ok().filter(|chain| self.is_good(chain, now)) {
                self.keep(address, chain);
            }
        }
        Ok(())
    }

    /// The host and the name in an address of a certificate at PayPal. Compared letter by letter: nothing that some
    /// reader of addresses might take for PayPal's is let through.
    fn pinned<'a>(&self, address: &'a str) -> Option<(&'static str, &'a str)> {
        let of = |host: &'static str| {
            let path = address.strip_prefix("https://")?.strip_prefix(host)?;
            Some((host, path.strip_prefix(FOLDER)?))
        };
        let (host, name) = self.mode.certificate_hosts().into_iter().find_map(of)?;
        let is_plain = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-';
        let is_name = (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_plain);
        is_name.then_some((host, name))
    }

    fn place(&self, host: &str, name: &str) -> Result<Url, PaymentUnknown> {
        let base = self.elsewhere.as_ref().map_or_else(
            || format!("https://{host}"),
            |url| url.as_str().trim_end_matches('/').to_owned(),
        );
        Url::parse(&format!("{base}{FOLDER}{name}")).map_err(|_| answer::unsound())
    }

    /// Whether an authority vouches for a chain now, and for this signer.
    fn is_good(&self, chain: &[CertificateDer<'static>], now: Instant) -> bool {
        let judge = || {
            let signer = EndEntityCert::try_from(chain.first()?).ok()?;
            let name = ServerName::try_from(self.mode.signer()).ok()?;
            signer.verify_is_valid_for_subject_name(&name).ok()?;
            let millis = u64::try_from(now.millis()).ok()?;
            let at = UnixTime::since_unix_epoch(Duration::from_millis(millis));
            let algorithms = webpki::ALL_VERIFICATION_ALGS;
            let use_as = KeyUsage::server_auth();
            let between = chain.get(1..)?;
            signer
                .verify_for_usage(algorithms, &self.anchors, between, at, use_as, None, None)
                .ok()
                .map(|_| ())
        };
        judge().is_some()
    }

    fn at_hand(&self, address: &str) -> Option<Arc<Chain>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| of == address).map(|(_, chain)| Arc::clone(chain))
    }

    fn keep(&self, address: &str, chain: Chain) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| of != address);
        kept.truncate(MOST_KEPT - 1);
        kept.push_front((address.to_owned(), Arc::new(chain)));
    }
}
