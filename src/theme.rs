//! The default theme, embedded: finished assets, templates and interface strings. Written by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// One of the theme's finished files.
///
/// # Panics
/// When the theme's build wrote no such file: a fault of the build, seen by every test.
pub fn asset(name: &str) -> &'static [u8] {
    ASSETS.iter().find(|(n, _)| *n == name).map(|(_, bytes)| *bytes).expect("an asset of the theme")
}
