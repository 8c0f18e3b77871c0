//! In which form a file is sent.

use http::header::{ACCEPT_ENCODING, HeaderMap};

use crate::File;

/// A compression that files were built with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// As it is named in headers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The smallest form that the other side takes, none for the file as it is.
    pub(crate) fn choose(asked: &HeaderMap, file: &File) -> (Option<Self>, &'static [u8]) {
        let forms = [(Self::Brotli, file.brotli), (Self::Gzip, file.gzip)];
        let mut taken = forms.into_iter().filter(|(it, _)| it.is_taken(asked));
        let found = taken.find_map(|(it, bytes)| bytes.map(|bytes| (Some(it), bytes)));
        found.unwrap_or((None, file.plain))
    }

    /// Whether the headers name it, and not with the quality 0 (RFC 9110, section 12.5.3).
    fn is_taken(self, asked: &HeaderMap) -> bool {
        let lines = asked.get_all(ACCEPT_ENCODING).iter();
        let mut offers = lines.flat_map(|line| line.to_str().unwrap_or_default().split(','));
        offers.any(|offer| {
            let (name, parameters) = offer.split_once(';').unwrap_or((offer, ""));
            let quality = parameters.trim().strip_prefix("q=");
            let quality = quality.map_or(Ok(1.0), str::parse::<f32>);
            name.trim().eq_ignore_ascii_case(self.name()) && quality.is_ok_and(|it| it > 0.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const FILE: File = File {
        path: "assets/a.js",
        plain: b"plain",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
    };

    fn chosen(accept: &'static str, file: &File) -> &'static [u8] {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Encoding::choose(&headers, file).1
    }

    #[test]
    fn the_smallest_form_is_taken_that_the_other_side_knows() {
        assert_eq!(chosen("gzip, deflate, br, zstd", &FILE), b"br");
        assert_eq!(chosen("gzip, deflate", &FILE), b"gz");
        assert_eq!(chosen("br;q=0, GZIP;q=0.5", &FILE), b"gz");
        assert_eq!(chosen("identity", &FILE), b"plain");
        assert_eq!(chosen("brotli, xbr", &FILE), b"plain");
        let small = File {
            brotli: None,
            gzip: None,
            ..FILE
        };
        assert_eq!(chosen("gzip, br", &small), b"plain");
    }
}
