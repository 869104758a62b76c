//! Pictures as pages show them: upright, in sRGB, without notes, in several widths, each in their own format and in WebP. Bytes in,
//! bytes out: no disk, no clock, the same on every machine.
//!
//! WebP and not AVIF: for photos of 12 megapixels, AVIF at its fastest is a third smaller than WebP and takes ten times as long.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{PixelTrait, Resizer};
use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageResult, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use serde::{Deserialize, Serialize};

use super::strip;

/// Formats of pictures made of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
}

impl Format {
    /// By the extension of a file name, lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "jpg" | "jpeg" => Some(Format::Jpeg),
            "png" => Some(Format::Png),
            "webp" => Some(Format::Webp),
            "gif" => Some(Format::Gif),
            _ => None,
        }
    }

    /// The extension of file names.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Webp => "webp",
            Format::Gif => "gif",
        }
    }
}

/// Changes whenever the same source would give other bytes.
pub const VERSION: &str = "1";
/// Widths in pixels: a portrait or a card on a telephone, a card on dense screens, a text column, a picture as wide as the page.
const WIDTHS: [u32; 4] = [320, 640, 960, 1440];
const JPEG_QUALITY: u8 = 78;
const WEBP_QUALITY: f32 = 75.0;
/// Of a picture that must only be turned: its pixels are to stay as good as they were.
const UPRIGHT_QUALITY: u8 = 92;
/// WebP's effort, 0 to 6: 3 takes more than twice the time of 2 to save 5 % of the bytes.
const WEBP_METHOD: i32 = 2;

/// A picture in one width.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rendition {
    /// In WebP though its source is not.
    pub modern: bool,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    length: usize,
}

impl Rendition {
    fn new(modern: bool, (width, height): (u32, u32), bytes: Vec<u8>) -> Self {
        Rendition { modern, width, height, length: bytes.len(), bytes }
    }
}

/// What is made from a picture.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Made {
    /// The whole picture upright and without notes; `None` where no page asks for it.
    pub whole: Option<Rendition>,
    /// Other widths, each format from narrow to wide; none of a picture that is shown whole.
    pub renditions: Vec<Rendition>,
}

impl Made {
    /// As bytes, for a cache.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec(self).unwrap_or_default();
        out.push(b'\n');
        self.whole.iter().chain(&self.renditions).for_each(|r| out.extend(&r.bytes));
        out
    }

    /// From the bytes of [`Made::pack`].
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|b| *b == b'\n')?;
        let (head, mut rest) = (&bytes[..end], &bytes[end + 1..]);
        let mut made: Made = serde_json::from_slice(head).ok()?;
        for one in made.whole.iter_mut().chain(&mut made.renditions) {
            let (own, after) = rest.split_at_checked(one.length)?;
            one.bytes = own.to_vec();
            rest = after;
        }
        rest.is_empty().then_some(made)
    }
}

/// Width and height as the file says, before it is turned upright; nothing is decoded.
pub fn dimensions(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let read = || decoder(format, bytes).ok().map(|d| d.dimensions());
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Makes what pages need: the picture in several widths if it is `shown` and large enough, the whole of it if a page links to it
/// (`linked`) or it has no other width. `None` when the file is damaged.
pub fn make(format: Format, bytes: &[u8], shown: bool, linked: bool) -> Option<Made> {
    catch_unwind(AssertUnwindSafe(|| made(format, bytes, shown, linked))).ok().flatten()
}

fn decoder(format: Format, bytes: &[u8]) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let input = Cursor::new(bytes);
    Ok(match format {
        Format::Jpeg => Box::new(JpegDecoder::new(input)?),
        Format::Png => Box::new(PngDecoder::new(input)?),
        Format::Webp => Box::new(WebPDecoder::new(input)?),
        Format::Gif => Box::new(GifDecoder::new(input)?),
    })
}

/// Whether it moves: other widths would show its first moment alone.
fn animated(format: Format, bytes: &[u8]) -> bool {
    let input = Cursor::new(bytes);
    match format {
        Format::Jpeg => false,
        Format::Gif => true,
        Format::Png => PngDecoder::new(input).and_then(|d| d.is_apng()).unwrap_or(false),
        Format::Webp => WebPDecoder::new(input).is_ok_and(|d| d.has_animation()),
    }
}

fn made(format: Format, bytes: &[u8], shown: bool, linked: bool) -> Option<Made> {
    let clean = strip::clean(format, bytes)?;
    let mut decoder = decoder(format, bytes).ok()?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let turned = orientation != image::metadata::Orientation::NoTransforms;
    let still = !animated(format, bytes);
    let whole = |mut picture: DynamicImage| {
        if !turned || !still {
            return Some(Rendition::new(false, (picture.width(), picture.height()), clean.clone()));
        }
        picture.apply_orientation(orientation);
        let picture = to_srgb(flat(picture), profile.as_deref());
        let size = (picture.width(), picture.height());
        Some(Rendition::new(false, size, encode(format, &picture, UPRIGHT_QUALITY)?))
    };
    let width = if swaps(orientation) { picture.height() } else { picture.width() };
    if !shown || !still || width <= WIDTHS[0] {
        return Some(Made { whole: Some(whole(picture)?), renditions: Vec::new() });
    }
    let whole_picture = if linked { Some(whole(picture.clone())?) } else { None };
    // The only costly step is from the source to the widest.
    let widest = width.min(WIDTHS[WIDTHS.len() - 1]);
    let side = |picture: &DynamicImage| if swaps(orientation) { picture.height() } else { picture.width() };
    let scale = f64::from(widest) / f64::from(side(&picture));
    let mut base = scaled(flat(picture), scale)?;
    base.apply_orientation(orientation);
    let base = to_srgb(base, profile.as_deref());
    let mut renditions = Vec::new();
    for modern in [false, true] {
        if !modern || format != Format::Webp {
            renditions.extend(series(if modern { Format::Webp } else { format }, modern, &base));
        }
    }
    let unchanged = !turned && widest == width;
    if let Some(own) = renditions.iter_mut().rev().find(|r| !r.modern)
        && unchanged
        && clean.len() <= own.bytes.len()
    {
        *own = Rendition::new(false, (own.width, own.height), clean);
    }
    let weight = |modern: bool| renditions.iter().rev().find(|r| r.modern == modern).map(|r| r.bytes.len());
    if weight(true) >= weight(false) {
        renditions.retain(|r| !r.modern);
    }
    (!renditions.is_empty()).then_some(Made { whole: whole_picture, renditions })
}

/// One format in every width that the picture has; a narrower one that weighs more than a wider one is left out.
fn series(format: Format, modern: bool, base: &DynamicImage) -> Vec<Rendition> {
    let mut kept: Vec<Rendition> = Vec::new();
    let narrower = WIDTHS.into_iter().rev().filter(|w| *w < base.width());
    for width in std::iter::once(base.width()).chain(narrower) {
        let one = if width == base.width() {
            Some(base.clone())
        } else {
            scaled(base.clone(), f64::from(width) / f64::from(base.width()))
        };
        let Some(one) = one else { continue };
        let Some(bytes) = encode(format, &one, JPEG_QUALITY) else { continue };
        if kept.last().is_none_or(|wider| bytes.len() < wider.bytes.len()) {
            kept.push(Rendition::new(modern, (one.width(), one.height()), bytes));
        }
    }
    kept.reverse();
    kept
}

fn swaps(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Eight bits per channel, with transparency only if there is any.
fn flat(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => picture,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn scaled(picture: DynamicImage, scale: f64) -> Option<DynamicImage> {
    let side = |n: u32| ((f64::from(n) * scale).round() as u32).max(1);
    let from = (picture.width(), picture.height());
    let to = (side(from.0), side(from.1));
    match picture {
        same if to == from => Some(same),
        DynamicImage::ImageRgb8(p) => {
            RgbImage::from_raw(to.0, to.1, resized::<U8x3>(&p, from, to)?).map(Into::into)
        }
        DynamicImage::ImageRgba8(p) => {
            RgbaImage::from_raw(to.0, to.1, resized::<U8x4>(&p, from, to)?).map(Into::into)
        }
        _ => None,
    }
}

/// Pixels in another size. Typed, because code for every kind of pixel there is takes minutes to compile.
fn resized<P: PixelTrait>(pixels: &[u8], from: (u32, u32), to: (u32, u32)) -> Option<Vec<u8>> {
    let source = TypedImageRef::<P>::from_buffer(from.0, from.1, pixels).ok()?;
    let mut out = vec![0; to.0 as usize * to.1 as usize * P::size()];
    let mut target = TypedImage::<P>::from_buffer(to.0, to.1, &mut out).ok()?;
    Resizer::new().resize_typed(&source, &mut target, None).ok()?;
    Some(out)
}

/// Pixels in sRGB, which is what a picture without profile is shown in; a profile that cannot be used is set aside.
fn to_srgb(mut picture: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let profile = profile.and_then(|p| ColorProfile::new_from_slice(p).ok());
    let transform = profile.filter(|p| p.color_space == DataColorSpace::Rgb).and_then(|p| {
        p.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()
    });
    let Some(transform) = transform else { return picture };
    let mut pixels = picture.as_bytes().to_vec();
    let done = transform.transform(picture.as_bytes(), &mut pixels).is_ok();
    match &mut picture {
        DynamicImage::ImageRgb8(image) if done => image.copy_from_slice(&pixels),
        DynamicImage::ImageRgba8(image) if done => image.copy_from_slice(&pixels),
        _ => {}
    }
    picture
}

fn encode(format: Format, picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let mut out = Vec::new();
    match format {
        Format::Jpeg => {
            let rgb = picture.to_rgb8();
            let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
            // Not with optimised tables: some readers take those of a picture of few colours for others.
            let side = |n: u32| u16::try_from(n).ok();
            encoder.encode(&rgb, side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb).ok()?;
        }
        Format::Png => {
            let encoder = image::codecs::png::PngEncoder::new(&mut out);
            encoder.write_image(picture.as_bytes(), width, height, picture.color().into()).ok()?;
        }
        Format::Webp => {
            let encoder = match picture {
                DynamicImage::ImageRgba8(p) => webp::Encoder::from_rgba(p, width, height),
                DynamicImage::ImageRgb8(p) => webp::Encoder::from_rgb(p, width, height),
                _ => return None,
            };
            let mut config = webp::WebPConfig::new().ok()?;
            config.quality = WEBP_QUALITY;
            config.method = WEBP_METHOD;
            out = encoder.encode_advanced(&config).ok()?.to_vec();
        }
        Format::Gif => return None,
    }
    Some(out)
}
