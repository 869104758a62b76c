//! Pictures without what was written beside the pixels: where, when, by whom and with what they were taken, comments, previews,
//! anything after their end. Pixels, colour profile and animation stay as they are, byte for byte.
//!
//! Only what is known to be needed is kept, so that a kind of note not yet invented goes too. Readers of metadata would not do: they
//! keep what follows the end of the picture, where telephones put films and second pictures with their own position.

use super::pictures::Format;

/// The file without notes; `None` when it ends too early or is no such file.
pub fn clean(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
        Format::Gif => gif(bytes),
    }
}

/// Segments up to the end of the image (ITU-T T.81, B.1): tables, frames and scans, the colour profile and how colours are coded.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.strip_prefix(b"\xFF\xD8").map(|_| b"\xFF\xD8".to_vec())?;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0xD9 => {
                out.extend(b"\xFF\xD9");
                return Some(out);
            }
            0x01 | 0xD0..=0xD7 => at += 2,
            marker => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let segment = bytes.get(at..at + 2 + length.max(2))?;
                if kept_segment(marker, segment.get(4..).unwrap_or_default()) {
                    out.extend(segment);
                }
                at += segment.len();
                if marker == 0xDA {
                    let end = at + scan_length(bytes.get(at..)?)?;
                    out.extend(&bytes[at..end]);
                    at = end;
                }
            }
        }
    }
}

fn kept_segment(marker: u8, data: &[u8]) -> bool {
    match marker {
        // A header without a preview of the picture.
        0xE0 => data.starts_with(b"JFIF\0") && data.len() == 14,
        0xE2 => data.starts_with(b"ICC_PROFILE\0"),
        0xEE => data.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Bytes of coded pixels before the next marker; `FF 00` and restarts are part of them.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
const PNG_CHUNKS: [&[u8]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Chunks up to `IEND` (PNG, third edition, 5.3).
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(PNG)?;
    let mut out = PNG.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(rest.first_chunk::<4>().copied()?)).ok()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        let name = &chunk[4..8];
        if PNG_CHUNKS.contains(&name) {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        rest = after;
    }
}

/// Chunks of a RIFF container (RFC 9649, 2.7), whose header also says which notes there are.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(*bytes.strip_prefix(b"RIFF")?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(8..size.checked_add(8)?)?.strip_prefix(b"WEBP")?;
    let mut body = b"WEBP".to_vec();
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(8)?)?;
        let start = body.len();
        match &chunk[..4] {
            b"VP8X" => {
                body.extend(chunk);
                *body.get_mut(start + 8)? &= !0b1100;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => body.extend(chunk),
            _ => {}
        }
        if body.len() % 2 == 1 {
            body.push(0);
        }
        rest = after.get(length % 2..).unwrap_or_default();
    }
    let size = u32::try_from(body.len()).ok()?;
    Some([b"RIFF".as_slice(), &size.to_le_bytes(), &body].concat())
}

/// Blocks up to the trailer (`GIF89a`, 17–27): colour tables, images, how they are timed and repeated.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    if !bytes.starts_with(b"GIF87a") && !bytes.starts_with(b"GIF89a") {
        return None;
    }
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let (head, kept) = match *bytes.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some(out);
            }
            0x2C => (11 + table(*bytes.get(at + 9)?), true),
            0x21 => match *bytes.get(at + 1)? {
                0xF9 => (2, true),
                0xFF => (2, bytes.get(at + 3..)?.starts_with(b"NETSCAPE2.0")),
                _ => (2, false),
            },
            _ => return None,
        };
        let mut end = at + head;
        loop {
            let length = usize::from(*bytes.get(end)?);
            end += 1 + length;
            if length == 0 {
                break;
            }
        }
        let block = bytes.get(at..end)?;
        if kept {
            out.extend(block);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes(), name, data, b"CRC!"].concat()
    }

    #[test]
    fn a_jpeg_keeps_pixels_and_profile() {
        let profile = b"\xFF\xE2\x00\x10ICC_PROFILE\0\x01\x01".as_slice();
        let noted = [
            b"\xFF\xD8\xFF\xE0\x00\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0".as_slice(),
            b"\xFF\xE1\x00\x0CExif\0\0SEGR",
            profile,
            b"\xFF\xED\x00\x08SEGRET\xFF\xFE\x00\x08SEGRET\xFF\xDA\x00\x02\x11\xFF\x00\x22\xFF\xD0\x33",
            b"\xFF\xC4\x00\x03t\xFF\xDA\x00\x02\x44\xFF\xD9SEGRETO",
        ];
        let clean = jpeg(&noted.concat()).unwrap();
        assert!(!clean.windows(4).any(|w| w == b"SEGR"));
        assert!(clean.windows(profile.len()).any(|w| w == profile));
        assert!(clean.ends_with(
            b"\xFF\xDA\x00\x02\x11\xFF\x00\x22\xFF\xD0\x33\xFF\xC4\x00\x03t\xFF\xDA\x00\x02\x44\xFF\xD9"
        ));
    }

    #[test]
    fn a_png_keeps_known_chunks() {
        let noted = [
            PNG,
            &chunk(b"IHDR", b"h"),
            &chunk(b"eXIf", b"SEGRETO"),
            &chunk(b"IDAT", b"d"),
            &chunk(b"IEND", b""),
            b"SEGRETO",
        ];
        let expected = [PNG, &chunk(b"IHDR", b"h"), &chunk(b"IDAT", b"d"), &chunk(b"IEND", b"")].concat();
        assert_eq!(png(&noted.concat()), Some(expected));
    }

    #[test]
    fn a_webp_says_what_it_has() {
        let file =
            b"RIFF\x2c\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\0\0\0\0\0\0EXIF\x03\0\0\0SEG\0VP8 \x01\0\0\0p\0";
        assert_eq!(
            webp(file).unwrap(),
            b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0VP8 \x01\0\0\0p\0"
        );
    }

    #[test]
    fn a_gif_keeps_its_rhythm() {
        let head = b"GIF89a\x01\0\x01\0\0\0\0".as_slice();
        let repeat = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".as_slice();
        let image = b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".as_slice();
        let noted = [
            head,
            repeat,
            b"\x21\xFE\x06SEGRET\0",
            b"\x21\xFF\x0BXMP DataXMP\x03SEG\0",
            image,
            b"\x3BSEGRETO",
        ]
        .concat();
        assert_eq!(gif(&noted), Some([head, repeat, image, b"\x3B"].concat()));
    }

    #[test]
    fn what_ends_early_is_refused() {
        for format in [Format::Jpeg, Format::Png, Format::Webp, Format::Gif] {
            let whole: &[u8] = match format {
                Format::Jpeg => b"\xFF\xD8\xFF\xDA\x00\x02\x11\x22\xFF\xD9",
                Format::Png => b"\x89PNG\r\n\x1A\n\0\0\0\0IENDCRC!",
                Format::Webp => b"RIFF\x0e\0\0\0WEBPVP8 \x01\0\0\0p\0",
                Format::Gif => b"GIF89a\x01\0\x01\0\0\0\0\x3B",
            };
            assert!(clean(format, whole).is_some(), "{format:?}");
            for length in 0..whole.len() {
                assert_eq!(clean(format, &whole[..length]), None, "{format:?} {length}");
            }
        }
    }
}
