//! HTML minification with settings that keep the parsed tree: closing tags, `html` and `head`, input types.

use minify_html::Cfg;

/// Minifies a page.
pub fn minify(html: &[u8]) -> Vec<u8> {
    let mut cfg = Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    cfg.keep_input_type_text_attr = true;
    minify_html::minify(html, &cfg)
}
