//! A device that makes passkeys and signs with them, written from the standard (WebAuthn level 3, sections 6.1 and 6.5) and
//! not from the program. The browser's own is in the journeys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there, and the device has made sure who.
const PRESENT_AND_VERIFIED: u8 = 0b101;
/// A key follows.
const WITH_KEY: u8 = 0b100_0000;

/// A device with one passkey. What is public about it can be changed, as an attacker would.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    pub(crate) id: Vec<u8>,
    pub(crate) counter: u32,
    /// How far the counter goes with each signature: many devices do not count.
    pub(crate) step: u32,
    pub(crate) in_frame: bool,
    pub(crate) flags: u8,
    pub(crate) origin: String,
    pub(crate) site: String,
    pub(crate) member: Vec<u8>,
}

impl Device {
    pub(crate) fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random);
        Self {
            key: key.unwrap(),
            id: vec![id; 32],
            counter: 0,
            step: 1,
            in_frame: false,
            flags: PRESENT_AND_VERIFIED,
            origin: "https://farline.example:8443".to_owned(),
            site: "farline.example".to_owned(),
            member: Vec::new(),
        }
    }

    /// What the page says the answer is to.
    fn about(&self, kind: &str, asked: &str) -> Vec<u8> {
        let asked: Value = serde_json::from_str(asked).unwrap();
        let (challenge, origin) = (&asked["challenge"], &self.origin);
        let about = json!({
            "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": self.in_frame
        });
        about.to_string().into_bytes()
    }

    fn head(&self, more: u8) -> Vec<u8> {
        let mut head = Sha256::digest(&self.site).to_vec();
        head.push(self.flags | more);
        head.extend(self.counter.to_be_bytes());
        head
    }

    /// The public key as COSE writes it: a map of the curve, x and y.
    fn public(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..]);
        let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
        [&head[..], &[0x21, 0x58, 0x20], x, &[0x22, 0x58, 0x20], y].concat()
    }

    /// Makes the passkey, as a browser asks it to.
    pub(crate) fn make(&mut self, asked: &str) -> String {
        let options: Value = serde_json::from_str(asked).unwrap();
        self.member = BASE64.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut told = self.head(WITH_KEY);
        told.extend([0; 16]);
        told.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        told.extend([&self.id[..], &self.public()].concat());
        let length = u8::try_from(told.len()).unwrap();
        let made =
            [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &told]
                .concat();
        let about = self.about("webauthn.create", asked);
        json!({
            "id": BASE64.encode(&self.id),
            "rawId": BASE64.encode(&self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": BASE64.encode(about),
                "attestationObject": BASE64.encode(made),
                "transports": ["internal"],
            },
            "clientExtensionResults": {},
        })
        .to_string()
    }

    /// Signs, as a browser asks it to.
    pub(crate) fn sign(&mut self, asked: &str) -> String {
        self.counter += self.step;
        let (told, about) = (self.head(0), self.about("webauthn.get", asked));
        let signed = [&told[..], &Sha256::digest(&about)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": BASE64.encode(&self.id),
            "rawId": BASE64.encode(&self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": BASE64.encode(about),
                "authenticatorData": BASE64.encode(told),
                "signature": BASE64.encode(signature),
                "userHandle": BASE64.encode(&self.member),
            },
            "clientExtensionResults": {},
        })
        .to_string()
    }
}
