//! SSH keys and signatures (SSHSIG), so that `ssh-keygen -Y` can make and check what the program makes and checks.
//!
//! The only module that names the SSH library.

use ssh_key::{HashAlg, LineEnding, SshSig};

/// A public key in OpenSSH form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(ssh_key::PublicKey);

/// A private key, ready to sign.
pub struct PrivateKey(ssh_key::PrivateKey);

/// Why a key or signature cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SshError {
    /// Not a key in OpenSSH form, or of a kind that is not supported.
    #[error("这不是可用的 OpenSSH 密钥（支持 ed25519）")]
    Key,
    /// A key under a passphrase.
    #[error("这把私钥有口令保护，本程序不读取口令")]
    Encrypted,
    /// The signing failed.
    #[error("无法用这把私钥签名")]
    Sign,
    /// Not a signature in SSHSIG form.
    #[error("这不是 SSH 签名（应以 -----BEGIN SSH SIGNATURE----- 开头）")]
    Form,
}

impl PublicKey {
    /// Reads a line as it stands in a `.pub` file.
    ///
    /// # Errors
    /// The line is no supported public key.
    pub fn parse(line: &str) -> Result<Self, SshError> {
        let key = ssh_key::PublicKey::from_openssh(line.trim()).map_err(|_| SshError::Key)?;
        key.algorithm().is_ed25519().then_some(Self(key)).ok_or(SshError::Key)
    }

    /// Whether a signature was made with this key, in this namespace, over this message.
    pub fn verifies(&self, namespace: &str, message: &[u8], signature: &str) -> bool {
        SshSig::from_pem(signature).is_ok_and(|signature| self.0.verify(namespace, message, &signature).is_ok())
    }

    /// Whether it is the same key, whatever is written behind it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.key_data() == other.0.key_data()
    }

    /// The fingerprint `SHA256:…`, for messages.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

impl PrivateKey {
    /// Reads an unencrypted private key.
    ///
    /// # Errors
    /// The text is no supported private key, or it is under a passphrase.
    pub fn parse(text: &[u8]) -> Result<Self, SshError> {
        let key = ssh_key::PrivateKey::from_openssh(text).map_err(|_| SshError::Key)?;
        if key.is_encrypted() {
            return Err(SshError::Encrypted);
        }
        key.algorithm().is_ed25519().then_some(Self(key)).ok_or(SshError::Key)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public_key().clone())
    }

    /// Signs a message; the signature in its armoured form, ending with a line break.
    ///
    /// # Errors
    /// The library refuses to sign.
    pub fn sign(&self, namespace: &str, message: &[u8]) -> Result<String, SshError> {
        let signature = self.0.sign(namespace, HashAlg::Sha512, message).map_err(|_| SshError::Sign)?;
        let pem = signature.to_pem(LineEnding::LF).map_err(|_| SshError::Sign)?;
        canonical(&pem)
    }
}

/// A signature in the one form in which it is stored: LF line ends, one line break at the end.
///
/// # Errors
/// The text is no signature.
pub fn canonical(signature: &str) -> Result<String, SshError> {
    let signature = SshSig::from_pem(signature.trim_start().as_bytes()).map_err(|_| SshError::Form)?;
    let pem = signature.to_pem(LineEnding::LF).map_err(|_| SshError::Form)?;
    Ok(format!("{}\n", pem.trim_end()))
}
