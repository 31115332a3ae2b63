//! The same file once more as brotli and as gzip, for the server to send as it lies.

use crate::{BundlerError, arguments::Profile, cache::Cache, hash};
use brotli::enc::BrotliEncoderParams;
use std::io::{self, Write};

/// How hard to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// As small as it gets; seconds for a megabyte.
    Smallest,
    /// Quick and good enough for a developer's own machine.
    Quick,
}

impl From<Profile> for Effort {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Release => Self::Smallest,
            Profile::Dev => Self::Quick,
        }
    }
}

impl Effort {
    fn brotli_quality(self) -> i32 {
        match self {
            Self::Smallest => 11,
            Self::Quick => 4,
        }
    }

    fn gzip_level(self) -> flate2::Compression {
        match self {
            Self::Smallest => flate2::Compression::best(),
            Self::Quick => flate2::Compression::fast(),
        }
    }
}

/// A file's compressed twins.
pub struct Compressed {
    /// What goes into `<file>.br`.
    pub brotli: Vec<u8>,
    /// What goes into `<file>.gz`.
    pub gzip: Vec<u8>,
}

/// Compresses `bytes`, or nothing when a file of this name is compressed already, as pictures are.
pub fn compress(
    path: &str,
    bytes: &[u8],
    effort: Effort,
    cache: &Cache,
) -> Result<Option<Compressed>, BundlerError> {
    if !is_compressible(path) {
        return Ok(None);
    }
    let digest = hash::hex(bytes);
    let quality = effort.brotli_quality();
    let level = effort.gzip_level().level();
    let failed = |source| BundlerError::Write {
        path: path.into(),
        source,
    };
    let brotli = cache.get_or_make(&format!("{digest}.{quality}.br"), || {
        brotli(bytes, effort).map_err(failed)
    })?;
    let gzip = cache.get_or_make(&format!("{digest}.{level}.gz"), || {
        gzip(bytes, effort).map_err(failed)
    })?;
    Ok(Some(Compressed { brotli, gzip }))
}

fn is_compressible(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    !["png", "jpg", "jpeg", "webp", "avif", "gif", "woff2", "ico"].contains(&extension)
}

fn brotli(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: effort.brotli_quality(),
        // The largest window that every browser accepts: 16 MiB.
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), effort.gzip_level());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_twins_unpack_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let text = "all work and no play ".repeat(500);
        for effort in [Effort::Smallest, Effort::Quick] {
            let cache = Cache::new(folder.path());
            let twins = compress("a.js", text.as_bytes(), effort, &cache)
                .unwrap()
                .unwrap();
            let (mut from_brotli, mut from_gzip) = (String::new(), String::new());
            brotli::Decompressor::new(&*twins.brotli, 4096)
                .read_to_string(&mut from_brotli)
                .unwrap();
            flate2::read::GzDecoder::new(&*twins.gzip)
                .read_to_string(&mut from_gzip)
                .unwrap();
            assert_eq!([&from_brotli, &from_gzip], [&text, &text]);
            assert!(twins.brotli.len() < 200 && twins.gzip.len() < 200);
        }
    }

    #[test]
    fn pictures_are_left_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let twins = compress("icons/a.png", b"picture", Effort::Quick, &cache).unwrap();
        assert!(twins.is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
