//! Certificates of a test authority, made by the command-line tool of OpenSSL, which is thereby asked whether we
//! understand it. Made once for each process that needs them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

use rustls::SignatureScheme;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::SigningKey;

/// To whom PayPal's sandbox has its signing certificate issued.
const SIGNER: &str = "messageverificationcerts.sandbox.paypal.com";

/// The test's time is in 2026, whenever it is run.
const YEARS: [&str; 4] = ["-startdate", "20260101000000Z", "-enddate", "20361231235959Z"];

const SETTINGS: &str = "
[req]
distinguished_name = name
[name]
[ca]
default_ca = authority
[authority]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[signer]
basicConstraints = critical, CA:false
extendedKeyUsage = serverAuth
subjectAltName = DNS:messageverificationcerts.sandbox.paypal.com
[other]
basicConstraints = critical, CA:false
extendedKeyUsage = serverAuth
subjectAltName = DNS:shop.example
[mailer]
basicConstraints = critical, CA:false
extendedKeyUsage = emailProtection
subjectAltName = DNS:messageverificationcerts.sandbox.paypal.com
";

/// A signer with its certificate.
pub(super) struct Signer {
    /// The certificate, as PayPal serves it.
    pub(super) pem: Vec<u8>,
    /// The key in PEM, for whoever signs with other tools.
    pub(super) key_pem: Vec<u8>,
    key: Arc<dyn SigningKey>,
}

impl Signer {
    pub(super) fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.sign_as(SignatureScheme::RSA_PKCS1_SHA256, text)
    }

    pub(super) fn sign_as(&self, scheme: SignatureScheme, text: &[u8]) -> Vec<u8> {
        self.key.choose_scheme(&[scheme]).unwrap().sign(text).unwrap()
    }
}

/// Whoever there is to sign.
pub(super) struct Authority {
    /// The authority itself, in DER.
    pub(super) root: Vec<u8>,
    /// PayPal.
    pub(super) genuine: Signer,
    /// In PayPal's name, from an authority that nobody knows.
    pub(super) unknown: Signer,
    /// From the known authority, in another name.
    pub(super) other: Signer,
    /// In PayPal's name and from the known authority, but ended in the spring.
    pub(super) ended: Signer,
    /// In PayPal's name and from the known authority, for another use.
    pub(super) mailer: Signer,
}

pub(super) static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::make);

pub(super) fn openssl(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("openssl");
    let made = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
}

fn key(folder: &Path, name: &str, option: &str) {
    let algorithm = if option.starts_with("rsa") { "RSA" } else { "EC" };
    let out = format!("{name}.key");
    openssl(folder, &["genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", &out]);
}

/// A certificate for the holder of a key.
fn certificate(folder: &Path, name: &str, (common, section): (&str, &str), more: &[&str]) {
    let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
    let (out, subject) = (format!("{name}.pem"), format!("/CN={common}"));
    let config = ["-config", "settings"];
    let asked = ["req", "-new", "-key", &key, "-subj", &subject, "-out", &request];
    openssl(folder, &[&asked[..], &config].concat());
    let given = ["ca", "-batch", "-notext", "-in", &request, "-out", &out, "-extensions", section];
    openssl(folder, &[&given[..], &config, more].concat());
}

impl Authority {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("settings"), SETTINGS).unwrap();
        fs::write(path.join("index"), "").unwrap();
        let self_signed = |name: &str| {
            key(path, name, "ec_paramgen_curve:P-256");
            let file = format!("{name}.key");
            let more = [&["-selfsign", "-keyfile", &file][..], &YEARS].concat();
            certificate(path, name, ("Test authority", "root"), &more);
        };
        self_signed("root");
        self_signed("stranger");
        for name in ["genuine", "unknown"] {
            key(path, name, "rsa_keygen_bits:2048");
        }
        for name in ["other", "ended", "mailer"] {
            fs::copy(path.join("unknown.key"), path.join(format!("{name}.key"))).unwrap();
        }
        let by = |root: &'static str, name: &str, named: (&str, &str), years: &[&str]| {
            let (cert, file) = (format!("{root}.pem"), format!("{root}.key"));
            let more = [&["-cert", &cert, "-keyfile", &file][..], years].concat();
            certificate(path, name, named, &more);
            let pem = fs::read(path.join(format!("{name}.pem"))).unwrap();
            let key_pem = fs::read(path.join(format!("{name}.key"))).unwrap();
            let key = PrivateKeyDer::from_pem_slice(&key_pem).unwrap();
            let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
            Signer { pem, key_pem, key }
        };
        let spring = ["-startdate", "20260101000000Z", "-enddate", "20260401000000Z"];
        Self {
            root: der(&fs::read(path.join("root.pem")).unwrap()),
            genuine: by("root", "genuine", (SIGNER, "signer"), &YEARS),
            unknown: by("stranger", "unknown", (SIGNER, "signer"), &YEARS),
            other: by("root", "other", ("shop.example", "other"), &YEARS),
            ended: by("root", "ended", (SIGNER, "signer"), &spring),
            mailer: by("root", "mailer", (SIGNER, "mailer"), &YEARS),
        }
    }
}

fn der(pem: &[u8]) -> Vec<u8> {
    CertificateDer::from_pem_slice(pem).unwrap().to_vec()
}
