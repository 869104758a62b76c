//! Pictures and documents on a whole site: what is published of them, what never is, and what is made once.

mod common;

use std::io::Cursor;
use std::sync::Arc;

use campanile::media::cache::{Cache, Memory, Nothing};
use campanile::pipeline::{self, Options, Outcome};
use campanile::source;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use scraper::{Html, Selector};

/// Words that stand for where a photo was taken and by whom.
const CANARY: &[u8] = b"VIA-SEGRETA-12";

/// A photo-like picture whose upper half is red.
fn photo(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let grain = u8::try_from((x * 31 + y * 17 + x * y) % 23).unwrap();
        if y < height / 2 { Rgb([200 + grain, grain, grain]) } else { Rgb([grain, 90 + grain, 200 + grain]) }
    };
    RgbImage::from_fn(width, height, pixel).into()
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// EXIF with an orientation, a position and the canary as description.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let words = u32::try_from(CANARY.len()).unwrap();
    let mut out = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    out.extend(entry(0x010E, 2, words, 50));
    out.extend(entry(0x0112, 3, 1, u32::from(orientation) << 16));
    out.extend(entry(0x8825, 4, 1, 50 + words));
    out.extend([0; 4]);
    out.extend(CANARY);
    out.extend(b"\0\x01");
    out.extend(entry(0x0001, 2, 2, u32::from_be_bytes(*b"N\0\0\0")));
    out.extend([0; 4]);
    out
}

/// A JPEG as a telephone makes it: turned, with its position, XMP, a comment and a second picture after the end.
fn from_telephone(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let jpeg = encoded(picture, ImageFormat::Jpeg);
    let segment = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap();
        [&[0xFF, marker][..], &length.to_be_bytes(), data].concat()
    };
    let noted = [
        &jpeg[..2],
        &segment(0xE1, &[b"Exif\0\0", exif(orientation).as_slice()].concat()),
        &segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", CANARY].concat()),
        &segment(0xED, CANARY),
        &segment(0xFE, CANARY),
        &jpeg[2..],
        CANARY,
        &jpeg,
    ];
    noted.concat()
}

fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    // The sum is wrong, and no reader looks at it in a chunk that it does not know.
    [&length, name, data, &[0; 4]].concat()
}

/// A page that shows `shown` and links to `linked`.
fn site(files: &[(&str, Vec<u8>)], shown: &str, linked: &[&str]) -> source::Memory {
    let mut site = common::base_site();
    for (path, bytes) in files {
        site.insert(format!("media/{path}"), bytes.clone());
    }
    let links: Vec<String> = linked.iter().map(|path| format!("[scarica](../media/{path})")).collect();
    let links = links.join("\n\n");
    let page = format!(
        "---\ntitolo: Prova\ndescrizione_breve: Una pagina.\nimmagine: {{file: media/{shown}, alt: Un lago}}\n---\n{links}\n\n![Il lago dentro il testo](../media/{shown})\n"
    );
    site.insert("pagine/prova.md", page);
    site
}

fn options(cache: Arc<dyn Cache>) -> Options {
    Options { cache, ..common::options() }
}

fn build(site: &source::Memory) -> Outcome {
    let outcome = pipeline::build(site, &options(Arc::new(Nothing)));
    assert_eq!(common::report(&outcome), Vec::<String>::new());
    outcome
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|w| w == words)
}

fn dominant(picture: &DynamicImage, x: u32, y: u32) -> &'static str {
    let [r, _, b] = picture.to_rgb8().get_pixel(x, y).0;
    if r > b { "rosso" } else { "blu" }
}

#[test]
fn a_photo_is_published_in_several_widths_and_no_other() {
    let outcome =
        build(&site(&[("lago.jpg", encoded(&photo(2000, 1200), ImageFormat::Jpeg))], "lago.jpg", &[]));
    let files = common::files(&outcome);
    assert!(!files.contains_key("media/lago.jpg"), "the original is not published");
    let derived: Vec<&String> = files.keys().filter(|p| p.starts_with("assets/immagini/lago-")).collect();
    assert_eq!(derived.len(), 8, "{derived:?}");
    for path in &derived {
        let picture = image::load_from_memory(&files[*path]).unwrap();
        let width: u32 = path.rsplit('-').next().unwrap().split('.').next().unwrap().parse().unwrap();
        assert_eq!((picture.width(), picture.height()), (width, width * 3 / 5), "{path}");
        assert_eq!(
            (dominant(&picture, width / 2, 10), dominant(&picture, width / 2, width * 3 / 5 - 10)),
            ("rosso", "blu")
        );
    }
    let page = Html::parse_document(std::str::from_utf8(&files["prova/index.html"]).unwrap());
    let shown: Vec<_> = page.select(&Selector::parse("main picture").unwrap()).collect();
    assert_eq!(shown.len(), 2, "the head of the page and the text");
    for (n, picture) in shown.iter().enumerate() {
        let source =
            picture.select(&Selector::parse("source[type='image/webp'][sizes]").unwrap()).next().unwrap();
        let img = picture.select(&Selector::parse("img[src][sizes][alt]").unwrap()).next().unwrap().value();
        for (srcset, extension) in [(source.attr("srcset"), ".webp"), (img.attr("srcset"), ".jpg")] {
            let candidates: Vec<&str> = srcset.unwrap().split(", ").collect();
            assert_eq!(candidates.len(), 4);
            for candidate in candidates {
                let (path, width) = candidate.split_once(' ').unwrap();
                assert!(
                    path.ends_with(&format!("-{}{extension}", width.trim_end_matches('w'))),
                    "{candidate}"
                );
                assert!(files.contains_key(&path[1..]), "{candidate}");
            }
        }
        assert!(img.attr("src").unwrap().ends_with("-1440.jpg"));
        assert_eq!(
            (img.attr("width"), img.attr("height"), img.attr("decoding")),
            (Some("1440"), Some("864"), Some("async"))
        );
        let (lazy, first) = (img.attr("loading") == Some("lazy"), img.attr("fetchpriority") == Some("high"));
        assert_eq!((lazy, first), (n > 0, n == 0), "only the first is not waited for");
    }
    let shared = page.select(&Selector::parse("meta[property='og:image']").unwrap()).next().unwrap();
    assert!(shared.attr("content").unwrap().ends_with("-1440.jpg"), "what is shared exists");
}

#[test]
fn no_picture_is_made_larger() {
    let outcome =
        build(&site(&[("lago.jpg", encoded(&photo(700, 400), ImageFormat::Jpeg))], "lago.jpg", &[]));
    let files = common::files(&outcome);
    let mut widths: Vec<u32> = Vec::new();
    for (path, bytes) in
        files.iter().filter(|(p, _)| p.starts_with("assets/immagini/") && p.ends_with(".jpg"))
    {
        widths.push(image::load_from_memory(bytes).unwrap_or_else(|e| panic!("{path}: {e}")).width());
    }
    widths.sort_unstable();
    assert_eq!(widths, [320, 640, 700]);
}

#[test]
fn small_pictures_and_drawings_stay_as_they_are() {
    let small = encoded(&photo(300, 200), ImageFormat::Png);
    let outcome = build(&site(&[("lago.png", small.clone())], "lago.png", &[]));
    let files = common::files(&outcome);
    assert_eq!(files["media/lago.png"], small);
    let html = std::str::from_utf8(&files["prova/index.html"]).unwrap();
    assert!(
        html.contains("src=\"/media/lago.png\"") && !html.contains("<picture") && !html.contains("srcset"),
        "{html}"
    );
}

#[test]
fn nothing_says_where_a_photo_was_taken() {
    let mut png = encoded(&photo(90, 60), ImageFormat::Png);
    let end = png.len() - 12;
    png.splice(end..end, chunk(b"tEXt", CANARY));
    png.splice(33..33, chunk(b"eXIf", &exif(1)));
    let webp = encoded(&photo(90, 60), ImageFormat::WebP);
    let head = b"VP8X\x0a\0\0\0\x08\0\0\0\x59\0\0\x3b\0\0".as_slice();
    let extended = [head, &webp[12..], b"EXIF\x0e\0\0\0", CANARY].concat();
    let size = u32::try_from(extended.len() + 4).unwrap().to_le_bytes();
    let webp = [b"RIFF", &size[..], b"WEBP", &extended].concat();
    let gif = encoded(&photo(90, 60), ImageFormat::Gif);
    let comment = [b"\x21\xFE\x0E".as_slice(), CANARY, b"\0"].concat();
    let gif = [&gif[..gif.len() - 1], &comment, b"\x3B"].concat();
    let large = from_telephone(&photo(1000, 600), 6);
    let small = from_telephone(&photo(300, 100), 6);
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><!-- {} --><path d='M0 0'/></svg>",
        std::str::from_utf8(CANARY).unwrap()
    );
    let pictures = [
        ("grande.jpg", large),
        ("piccola.jpg", small),
        ("a.png", png),
        ("b.webp", webp),
        ("c.gif", gif),
        ("d.svg", svg.into_bytes()),
    ];
    for (path, bytes) in &pictures {
        assert!(contains(bytes, CANARY), "{path}");
        for (how, site) in
            [("shown", site(&pictures, path, &[])), ("linked", site(&pictures, "d.svg", &[path]))]
        {
            for (file, bytes) in common::files(&build(&site)) {
                assert!(!contains(&bytes, CANARY), "{path} {how}: {file}");
                let noted = bytes.starts_with(b"\xFF\xD8") && contains(&bytes, b"Exif");
                assert!(!noted, "{path} {how}: {file}");
            }
        }
    }
}

#[test]
fn photos_stand_upright() {
    for (name, width) in [("grande.jpg", 1000), ("piccola.jpg", 300)] {
        // Orientation 6: what is at the left of the file is at the top of the picture.
        let lying = photo(width / 2, width).rotate270();
        let files = [(name, from_telephone(&lying, 6))];
        for (path, bytes) in common::files(&build(&site(&files, name, &[name]))) {
            let Ok(picture) = image::load_from_memory(&bytes) else { continue };
            let (w, h) = (picture.width(), picture.height());
            assert_eq!(
                (h, dominant(&picture, w / 2, 5), dominant(&picture, w / 2, h - 5)),
                (w * 2, "rosso", "blu"),
                "{path}"
            );
        }
    }
}

#[test]
fn pictures_are_made_once() {
    let cache = Arc::new(Memory::default());
    let options = options(cache.clone());
    let site = site(&[("lago.jpg", encoded(&photo(900, 600), ImageFormat::Jpeg))], "lago.jpg", &["lago.jpg"]);
    let first = common::files(&pipeline::build(&site, &options));
    assert_eq!(cache.puts(), 1);
    assert_eq!(common::files(&pipeline::build(&site, &options)), first);
    assert_eq!(cache.puts(), 1, "nothing is made again");
    let mut changed = site.clone();
    changed.insert("media/lago.jpg", encoded(&photo(900, 601), ImageFormat::Jpeg));
    assert_ne!(common::files(&pipeline::build(&changed, &options)), first);
    assert_eq!(cache.puts(), 2);
}

/// Gives back what it was told is there, spoilt.
#[derive(Debug)]
struct Damaged;

impl Cache for Damaged {
    fn get(&self, _key: &str) -> Option<Vec<u8>> {
        Some(
            b"{\"whole\":null,\"renditions\":[{\"modern\":false,\"width\":9,\"height\":9,\"length\":99}]}\n"
                .to_vec(),
        )
    }

    fn put(&self, _key: &str, _bytes: &[u8]) {}
}

#[test]
fn a_damaged_memory_does_no_harm() {
    let site = site(&[("lago.jpg", encoded(&photo(900, 600), ImageFormat::Jpeg))], "lago.jpg", &[]);
    let sound = common::files(&pipeline::build(&site, &options(Arc::new(Nothing))));
    assert_eq!(common::files(&pipeline::build(&site, &options(Arc::new(Damaged)))), sound);
}

#[test]
fn a_colour_profile_is_honoured() {
    let flat: DynamicImage = RgbImage::from_pixel(800, 400, Rgb([120, 200, 60])).into();
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let jpeg = encoded(&flat, ImageFormat::Jpeg);
    let head = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let length = u16::try_from(head.len() + 2).unwrap().to_be_bytes();
    let wide = [&jpeg[..2], &[0xFF, 0xE2], &length, &head, &jpeg[2..]].concat();
    let files = common::files(&build(&site(&[("lago.jpg", wide)], "lago.jpg", &["lago.jpg"])));
    assert!(contains(&files["media/lago.jpg"], &profile), "the whole picture keeps its profile");
    let (_, narrow) = files.iter().find(|(p, _)| p.ends_with("-320.jpg")).unwrap();
    let [r, g, b] = image::load_from_memory(narrow).unwrap().to_rgb8().get_pixel(100, 100).0;
    assert!(
        !contains(narrow, b"ICC_PROFILE") && r < 100 && g > 200 && b < 50,
        "{r} {g} {b}: in sRGB this green is stronger"
    );
}

#[test]
fn a_pdf_that_is_not_tagged_is_said_to_be() {
    let mut site = common::base_site();
    site.insert(
        "media/scansione.pdf",
        common::tree(&common::root().join("tests/rules/MED-08"))["media/scansione.pdf"].clone(),
    );
    site.insert(
        "documenti/piano.md",
        "---\ntipo: piano-progetto\ntitolo: Piano neve\ndescrizione_breve: Un piano.\nargomenti: [risposta-alle-emergenze]\ndata_pubblicazione: 2026-01-02\nfile: media/scansione.pdf\nufficio_responsabile: ufficio-tributi\n---\n",
    );
    let outcome = pipeline::build(&site, &options(Arc::new(Nothing)));
    assert_eq!(common::errors(&outcome), Vec::<String>::new());
    let pages = common::files(&outcome);
    let page = pages.iter().find(|(p, _)| p.ends_with("piano/index.html")).unwrap().1;
    assert!(
        std::str::from_utf8(page).unwrap().contains("scansione.pdf"),
        "{:?}",
        pages.keys().filter(|p| p.contains("piano")).collect::<Vec<_>>()
    );
    assert!(contains(page, "I lettori di schermo non leggono bene questo PDF".as_bytes()));
    assert!(common::pages(common::example()).all(|(_, html)| !html.contains("non leggono bene questo PDF")));
}

#[test]
fn the_command_keeps_pictures_beside_the_contents() {
    let place = tempfile::TempDir::new().unwrap();
    let site = site(&[("lago.jpg", from_telephone(&photo(900, 600), 1))], "lago.jpg", &[]);
    for entry in source::Source::list(&site, "", &[]).unwrap() {
        let target = place.path().join(&entry.path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, source::Source::read(&site, &entry.path, u64::MAX - 1).unwrap()).unwrap();
    }
    let build = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_campanile"));
        assert!(
            command.arg("build").arg(place.path()).args(["--now", common::TODAY]).status().unwrap().success()
        );
        common::tree(&place.path().join("public"))
    };
    let kept = || common::tree(&place.path().join(".campanile/immagini"));
    let first = build();
    let entries = kept();
    assert_eq!(entries.len(), 1, "{:?}", entries.keys());
    assert!(first.keys().all(|path| !path.contains("campanile/immagini")));
    // What is read is what was kept: a picture put there by hand comes out.
    let (name, bytes) = entries.first_key_value().unwrap();
    let file = place.path().join(".campanile/immagini").join(name);
    let payload = bytes[32..].to_vec();
    std::fs::write(&file, &payload).unwrap();
    assert_eq!(build(), first, "a damaged entry is made again");
    assert_eq!(kept(), entries);
    let mut planted = payload;
    *planted.last_mut().unwrap() ^= 1;
    std::fs::write(&file, [blake3::hash(&planted).as_bytes().as_slice(), &planted].concat()).unwrap();
    assert_ne!(build(), first, "a sound one is used");
}
