//! What the signature promises: this key, these bytes, nothing else.

use farline_documents::{RenderError, SigningKey, VerifyError, render, verify, verify_with};

use crate::samples::{CANONICAL, chinese, english, key};

const MARKER: &[u8] = b"\nfarline-signature/";

fn find(file: &[u8], pattern: &[u8]) -> usize {
    file.windows(pattern.len()).position(|window| window == pattern).unwrap()
}

#[test]
fn a_sound_file_names_its_key_and_gives_its_data_back() {
    let file = render(&chinese(), &key()).unwrap();
    let verified = verify(&file).unwrap();
    assert_eq!(verified.public_key, key().public_key());
    assert_eq!(verified.fingerprint, key().fingerprint());
    assert_eq!(verified.canonical.as_deref(), Some(CANONICAL));
    // By sha256sum.
    let digest = "175a296d290e3f436b1171be60555cecad7d13e0a6f59477bb40845f389ce2e7";
    assert_eq!(verified.canonical_sha256.as_deref(), Some(digest));
    assert_eq!(
        verify_with(&file, &key().public_key()).unwrap().canonical.as_deref(),
        Some(CANONICAL)
    );
}

#[test]
fn every_single_altered_bit_position_is_refused() {
    let mut file = render(&english(), &key()).unwrap();
    for at in 0..file.len() {
        // Another bit at each place; over the file all eight come up everywhere.
        let bit = 1 << (at % 8);
        file[at] ^= bit;
        assert!(verify(&file).is_err(), "bit {bit} of byte {at} was altered unnoticed");
        file[at] ^= bit;
    }
    assert!(verify(&file).is_ok());
}

#[test]
fn every_bit_of_the_signature_block_is_guarded() {
    let mut file = render(&english(), &key()).unwrap();
    let start = find(&file, MARKER);
    for at in start..start + 400 {
        for bit in 0..8 {
            file[at] ^= 1 << bit;
            assert!(verify(&file).is_err(), "bit {bit} of byte {at}");
            file[at] ^= 1 << bit;
        }
    }
}

#[test]
fn shorter_and_longer_files_are_refused() {
    let file = render(&english(), &key()).unwrap();
    for length in (0..file.len()).step_by(997).chain([file.len() - 1]) {
        assert!(verify(&file[..length]).is_err(), "cut to {length} bytes");
    }
    for tail in [&b"\n"[..], b"%%EOF\n", b"\0"] {
        let longer = [&file[..], tail].concat();
        assert_eq!(verify(&longer), Err(VerifyError::Altered));
        let shifted = [tail, &file[..]].concat();
        assert_eq!(verify(&shifted), Err(VerifyError::Altered));
    }
}

#[test]
fn none_or_two_signatures_are_refused() {
    let file = render(&english(), &key()).unwrap();
    assert_eq!(verify(b"%PDF-1.7\n%%EOF"), Err(VerifyError::Unsigned));
    assert_eq!(verify(b""), Err(VerifyError::Unsigned));
    let start = find(&file, MARKER);
    let twice = [&file[..], &file[start..start + 500]].concat();
    assert_eq!(verify(&twice), Err(VerifyError::Ambiguous));
    let mut later = file;
    later[start + MARKER.len()] = b'2';
    assert_eq!(verify(&later), Err(VerifyError::Format));
}

#[test]
fn a_file_of_another_key_is_sound_but_foreign() {
    let other = SigningKey::from_seed(&[8; 32]);
    let file = render(&english(), &other).unwrap();
    assert_eq!(verify(&file).unwrap().fingerprint, other.fingerprint());
    assert_eq!(
        verify_with(&file, &key().public_key()),
        Err(VerifyError::ForeignKey(other.fingerprint()))
    );
}

#[test]
fn a_key_put_in_place_of_the_signer_is_refused() {
    let mut file = render(&english(), &key()).unwrap();
    let other = SigningKey::from_seed(&[8; 32]).public_key().to_string();
    let at = find(&file, b"\npublic-key: ") + 13;
    file[at..at + 64].copy_from_slice(other.as_bytes());
    assert_eq!(verify(&file), Err(VerifyError::Altered));
}

#[test]
fn words_that_look_like_a_signature_do_no_harm() {
    let forged = "x\nfarline-signature/1\nalgorithm: Ed25519\n";
    let mut document = english();
    document.title = forged.to_owned();
    document.number.1 = forged.to_owned();
    document.merchant.name = forged.to_owned();
    document.qr.caption = forged.to_owned();
    document.qr.url = forged.to_owned();
    document.terms[0].heading = Some(forged.to_owned());
    document.canonical = serde_json::json!({ "nickname": forged }).to_string();
    let file = render(&document, &key()).unwrap();
    assert_eq!(verify(&file).unwrap().canonical, Some(document.canonical));
}

#[test]
fn canonical_data_must_be_json() {
    let mut document = english();
    document.canonical = "not json\nfarline-signature/1\n".to_owned();
    assert!(matches!(render(&document, &key()), Err(RenderError::Canonical(_))));
}
