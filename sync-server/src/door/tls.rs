//! The server's own certificate.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

use crate::ServerError;
use crate::config::TlsFiles;

/// Reads a chain of certificates and its key, both PEM, the server's own certificate first.
///
/// # Errors
/// [`ServerError::Certificate`] when one of them cannot be read or they do not fit together.
pub(crate) fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, ServerError> {
    let failed = |path: &Path, reason: String| ServerError::Certificate {
        path: path.to_owned(),
        reason,
    };
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| failed(&files.certificate, unreadable(&error, "certificate")))?;
    if chain.is_empty() {
        let reason = "there is no certificate in it".to_owned();
        return Err(failed(&files.certificate, reason));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| failed(&files.key, no_key(&error, &files.key)))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| failed(&files.certificate, unfit(&error)))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Why a file is no PEM with such a thing in it.
fn unreadable(error: &pem::Error, what: &str) -> String {
    match error {
        pem::Error::NoItemsFound => format!("there is no {what} in it, as PEM has it"),
        pem::Error::MissingSectionEnd { .. } => "it is cut off: an END line is missing".to_owned(),
        pem::Error::Base64Decode(_) | pem::Error::IllegalSectionStart { .. } => {
            format!("it is damaged: {error}")
        }
        error => error.to_string(),
    }
}

fn no_key(error: &pem::Error, path: &Path) -> String {
    let is_locked = || {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.contains("ENCRYPTED")
    };
    if matches!(error, pem::Error::NoItemsFound) && is_locked() {
        return "the key is locked by a passphrase: give one without".to_owned();
    }
    unreadable(error, "private key")
}

/// Why rustls does not serve with a certificate and its key.
fn unfit(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(_) => {
            format!("what is in it is no certificate that can be used ({error})")
        }
        rustls::Error::InconsistentKeys(_) => "the key belongs to another certificate".to_owned(),
        error => error.to_string(),
    }
}
