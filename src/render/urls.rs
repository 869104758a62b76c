//! Addresses as they are written in pages: under the base path, or absolute for machines.

/// Where the site will stand.
#[derive(Debug, Clone)]
pub struct Urls {
    /// `https://www.comune.esempio.tn.it/sotto`, without final slash.
    base: String,
    /// Its path, `/sotto` or empty.
    prefix: String,
}

impl Urls {
    /// From an absolute base address.
    pub fn new(base: &url::Url) -> Self {
        let prefix = base.path().trim_end_matches('/').to_owned();
        let base =
            base.as_str().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
        Urls { base, prefix }
    }

    /// A path of the site (`/servizi/`) as it is linked from pages.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A path of the site as an absolute address.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The base path, without final slash.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The absolute base, without final slash.
    pub fn base(&self) -> &str {
        &self.base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_path() {
        let urls = Urls::new(&url::Url::parse("https://example.it/sub/").unwrap());
        assert_eq!(urls.path("/servizi/"), "/sub/servizi/");
        assert_eq!(urls.absolute("/servizi/"), "https://example.it/sub/servizi/");
        let root = Urls::new(&url::Url::parse("https://example.it").unwrap());
        assert_eq!((root.path("/"), root.absolute("/")), ("/".into(), "https://example.it/".into()));
    }
}
