//! Signing a request: all parameters but the signature, those without a value left out, in the order of their names' octets,
//! name and value one after the other with nothing between.

use super::super::digest::{hmac_md5, hmac_sha256, md5};

/// How requests are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaobaoSigning {
    /// MD5 with the secret before and behind.
    Md5,
    /// HMAC-MD5.
    Hmac,
    /// HMAC-SHA256.
    #[default]
    HmacSha256,
}

impl TaobaoSigning {
    /// The platform's word, `sign_method`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Hmac => "hmac",
            Self::HmacSha256 => "hmac-sha256",
        }
    }

    /// The signature, in upper-case hexadecimal; none only for a secret that HMAC cannot take, which there is not.
    pub(super) fn sign(self, secret: &str, parameters: &[(&str, String)]) -> Option<String> {
        let text = text_of(parameters);
        let (secret, text) = (secret.as_bytes(), text.as_bytes());
        match self {
            Self::Md5 => Some(md5(&[secret, text, secret])),
            Self::Hmac => hmac_md5(secret, text),
            Self::HmacSha256 => hmac_sha256(secret, text),
        }
    }
}

fn text_of(parameters: &[(&str, String)]) -> String {
    let mut given: Vec<_> = parameters
        .iter()
        .filter(|(name, value)| !name.is_empty() && *name != "sign" && !value.is_empty())
        .collect();
    given.sort_unstable_by_key(|(name, _)| *name);
    given.into_iter().flat_map(|(name, value)| [*name, value.as_str()]).collect()
}

#[cfg(test)]
mod tests {
    use super::TaobaoSigning;

    fn parameters(sign_method: &str) -> Vec<(&'static str, String)> {
        let given = [
            ("v", "2.0"),
            ("timestamp", "2026-01-02 03:04:05"),
            ("tid", "190000000000000001"),
            ("sign_method", sign_method),
            ("session", "test-session"),
            ("method", "taobao.logistics.dummy.send"),
            ("format", "json"),
            ("app_key", "12345678"),
            ("feature", ""),
            ("sign", "not signed"),
        ];
        given.map(|(name, value)| (name, value.to_owned())).into()
    }

    #[test]
    fn signatures_are_those_of_the_facts_to_the_octet() {
        let table = [
            (TaobaoSigning::Md5, "AAAD88FB9AB2696663B30C2D5C01CE86"),
            (TaobaoSigning::Hmac, "8A53CBEABA014FAD31770DF79D768EDE"),
            (
                TaobaoSigning::HmacSha256,
                "D44ECFDA3160D500BC314C7FCE45073D5D772EA38ADC8B0D3CDBF94EF24AB795",
            ),
        ];
        for (signing, expected) in table {
            let signature = signing.sign("helloworld", &parameters(signing.code()));
            assert_eq!(signature.as_deref(), Some(expected), "{}", signing.code());
        }
    }
}
