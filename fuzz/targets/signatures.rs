//! Keys, signatures and the manifest that they are over.

use jingshi::output::{Manifest, Sealed};
use jingshi::ssh::{PrivateKey, PublicKey, canonical};
use std::sync::OnceLock;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP75qENbJ2k4CyxXJi5ydZ0MvZpuib6GokHlmS7F/bbb";

/// The bytes are a key and a signature of each form.
pub fn run(data: &[u8]) {
    static GENUINE: OnceLock<Option<PublicKey>> = OnceLock::new();
    let genuine = GENUINE.get_or_init(|| PublicKey::parse(KEY).ok());
    let _ = PrivateKey::parse(data);
    let armoured =
        [b"-----BEGIN OPENSSH PRIVATE KEY-----\n".as_slice(), data, b"\n-----END OPENSSH PRIVATE KEY-----\n"].concat();
    let _ = PrivateKey::parse(&armoured);
    let Ok(text) = std::str::from_utf8(data) else { return };
    for line in [text.to_owned(), format!("ssh-ed25519 {text}")] {
        if let Ok(key) = PublicKey::parse(&line) {
            assert!(key.is_same(&key) && key.fingerprint().starts_with("SHA256:"));
        }
    }
    for text in [text.to_owned(), format!("-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n")] {
        let forged = genuine.as_ref().is_some_and(|key| key.verifies("jingshi", b"message", &text));
        assert!(!forged, "a signature out of nothing");
        if let Ok(form) = canonical(&text) {
            assert_eq!(canonical(&form), Ok(form.clone()), "one form");
        }
    }
}

/// The bytes are a manifest.
pub fn manifest(data: &[u8]) {
    let Some(manifest) = Manifest::parse(data) else { return };
    let bytes = manifest.to_bytes();
    assert_eq!(Manifest::parse(&bytes).as_ref(), Some(&manifest), "what is written is read again");
    let sealed = Sealed::read(data.to_vec(), None).unwrap();
    assert_eq!(sealed.is_canonical(), bytes == data);
    for path in manifest.files.keys() {
        assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path}");
    }
    let underway = manifest.underway(Some(&manifest));
    assert_eq!(Manifest::parse(&underway.to_bytes()), Some(underway));
}
