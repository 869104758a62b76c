//! Where the output really lies, after links and `..`, and whether it is ours to write.

use std::ffi::OsString;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use super::disk;
use super::fault::{Action, Doing, Failure, shown};
use super::manifest::Manifest;
use super::{MANIFEST, Publication};
use crate::diagnostic::Text;
use crate::text;

/// The output and the folder beside which staging, lock and the old tree lie.
pub struct Place {
    /// The output, absolute, without links.
    pub output: PathBuf,
    /// The folder that contains it: same file system, so that a tree can be renamed.
    pub parent: PathBuf,
    name: OsString,
}

/// What stands at the output now.
pub enum Before {
    /// Nothing, or an empty folder.
    Nothing,
    /// A tree that we published.
    Ours(Manifest),
}

impl Before {
    /// What was published.
    pub fn manifest(&self) -> Option<&Manifest> {
        match self {
            Before::Nothing => None,
            Before::Ours(manifest) => Some(manifest),
        }
    }
}

impl Place {
    /// Resolves the output and makes the refusals that depend on where it lies.
    pub fn of(publication: &Publication<'_>) -> Result<Self, Failure> {
        let written = publication.output;
        if written.as_os_str().is_empty() {
            let message = text!("la cartella di uscita non ha nome", "the output folder has no name");
            return Err(Failure::refused(written, message, choose_another()));
        }
        // Without the trailing slash, which would make the system look behind a link.
        let plain: PathBuf =
            std::path::absolute(written).doing(Action::Read, written)?.components().collect();
        refuse_link(&plain)?;
        let output = Real::of(&plain).doing(Action::Read, written)?;
        refuse_protected(&output, publication)?;
        match (output.path.parent(), output.path.file_name()) {
            (Some(parent), Some(name)) => {
                Ok(Place { parent: parent.to_owned(), name: name.to_owned(), output: output.path })
            }
            _ => Err(contains(&output.path, &output.path)),
        }
    }

    /// Makes the folder that will contain the output.
    pub fn make_parent(&self) -> Result<(), Failure> {
        disk::make_dirs(&self.parent).doing(Action::Create, &self.parent)
    }

    /// Looks at what stands at the output.
    ///
    /// # Errors
    /// `Refused` unless it is nothing, an empty folder or a tree with our manifest.
    pub fn inspect(&self) -> Result<Before, Failure> {
        let metadata = match self.output.symlink_metadata() {
            Ok(metadata) => metadata,
            Err(error) if is_missing(&error) => return Ok(Before::Nothing),
            Err(error) => return Err(Failure::failed(Action::Read, &self.output, &error)),
        };
        refuse_link(&self.output)?;
        if !metadata.is_dir() {
            return Err(self.refused(&text!("non è una cartella", "it is not a folder")));
        }
        if disk::is_mount_point(&self.output).doing(Action::Read, &self.output)? {
            return Err(self.mount_point());
        }
        // Listing first: when another build publishes in between, what it puts there has its manifest.
        let items = disk::list(&self.output).doing(Action::Read, &self.output)?;
        if items.is_empty() {
            return Ok(Before::Nothing);
        }
        match Manifest::read(&self.output) {
            Ok(Some(manifest)) => Ok(Before::Ours(manifest)),
            Ok(None) => Err(self.not_ours(&items)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(self.broken_manifest()),
            Err(error) => Err(Failure::failed(Action::Read, &self.output.join(MANIFEST), &error)),
        }
    }

    /// `.<name>.campanile-<kind>`, beside the output.
    pub fn sibling(&self, kind: &str) -> PathBuf {
        self.parent.join(self.sibling_name(kind))
    }

    /// Makes, by `make`, a sibling whose name is still free: `.<name>.campanile-<kind>-<process>-<number>`.
    pub fn new_sibling(
        &self,
        kind: &str,
        mut make: impl FnMut(&Path) -> io::Result<()>,
    ) -> (PathBuf, io::Result<()>) {
        let mut number = 0_u32;
        loop {
            let path = self.sibling(&format!("{kind}-{}-{number}", std::process::id()));
            match make(&path) {
                Err(error) if is_taken(&error) && number < u32::MAX => number += 1,
                result => return (path, result),
            }
        }
    }

    /// The folders named by [`Place::new_sibling`], of this and of other processes.
    pub fn siblings(&self, kind: &str) -> Vec<PathBuf> {
        let prefix = self.sibling_name(&format!("{kind}-"));
        let is_number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        let is_own = |name: &OsString| {
            let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes()).unwrap_or_default();
            let mut parts = rest.split(|b| *b == b'-');
            parts.next().is_some_and(is_number)
                && parts.next().is_some_and(is_number)
                && parts.next().is_none()
        };
        let items = disk::list(&self.parent).unwrap_or_default();
        let own = items.into_iter().filter(|item| item.is_dir && is_own(&item.name));
        own.map(|item| self.parent.join(item.name)).collect()
    }

    fn sibling_name(&self, kind: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".campanile-");
        name.push(kind);
        name
    }

    fn refused(&self, reason: &Text) -> Failure {
        refused(&self.output, reason, choose_another())
    }

    fn mount_point(&self) -> Failure {
        let reason = text!(
            "è un punto di montaggio, che non si può sostituire in un colpo solo",
            "it is a mount point, which cannot be replaced in one stroke"
        );
        let hint = text!(
            "Scegli con --output una cartella dentro quella montata.",
            "Choose with --output a folder inside the mounted one."
        );
        refused(&self.output, &reason, hint)
    }

    fn not_ours(&self, items: &[disk::Item]) -> Failure {
        let names: Vec<String> = items.iter().take(3).map(|item| shown(Path::new(&item.name))).collect();
        let (names, count) = (names.join(", "), items.len());
        let reason = text!(
            "contiene file non scritti da Campanile ({names}; {count} in tutto)",
            "it holds files not written by Campanile ({names}; {count} in all)"
        );
        let hint = text!(
            "Scegli una cartella vuota con --output, o sposta altrove quei file: qui non viene cancellato nulla.",
            "Choose an empty folder with --output, or move those files away: nothing is deleted here."
        );
        refused(&self.output, &reason, hint)
    }

    fn broken_manifest(&self) -> Failure {
        let reason = text!(
            "l'elenco dei file pubblicati ({MANIFEST}) è rovinato o di un'altra versione di Campanile, quindi non \
             si sa quali file si possano sostituire",
            "the list of published files ({MANIFEST}) is damaged or of another version of Campanile, so it is \
             unknown which files may be replaced"
        );
        let hint = text!(
            "Ripristina quel file da una copia, oppure sposta altrove la cartella (con i file tuoi che contiene) e \
             ricostruisci: qui non viene cancellato nulla.",
            "Restore that file from a copy, or move the folder away (with the files of yours in it) and build \
             again: nothing is deleted here."
        );
        refused(&self.output, &reason, hint)
    }
}

/// A path without links or `..`, known also by the identity of the folders along it, so that another spelling
/// (a bind mount, other letter case) of the same folder is recognised.
struct Real {
    path: PathBuf,
    own: Option<Identity>,
    along: Vec<Identity>,
}

type Identity = (u64, u64);

impl Real {
    fn of(path: &Path) -> io::Result<Self> {
        let path = resolve(&std::path::absolute(path)?)?;
        let identity = |path: &Path| path.symlink_metadata().ok().map(|m| (m.dev(), m.ino()));
        Ok(Real { own: identity(&path), along: path.ancestors().filter_map(identity).collect(), path })
    }

    /// Whether this is `other` or lies somewhere below it.
    fn lies_in(&self, other: &Real) -> bool {
        self.path.starts_with(&other.path) || other.own.is_some_and(|own| self.along.contains(&own))
    }
}

/// Follows links and `..` one step at a time, as the system would; what does not exist yet is taken as written.
fn resolve(absolute: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => real.push(component),
        }
        match real.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => real = real.canonicalize()?,
            Err(error) if !is_missing(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(real)
}

fn refuse_protected(output: &Real, publication: &Publication<'_>) -> Result<(), Failure> {
    let site = real(publication.site_root)?;
    if site.lies_in(output) {
        return Err(contains(&output.path, publication.site_root));
    }
    // A home that we may not even look at is not one that we could overwrite.
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    if let Some(home) = home.filter(|home| Real::of(home).is_ok_and(|home| home.lies_in(output))) {
        return Err(contains(&output.path, &home));
    }
    for written in publication.protected {
        let protected = real(written)?;
        if protected.lies_in(output) {
            return Err(contains(&output.path, written));
        }
        if output.lies_in(&protected) && !may_hold_output(&protected, output, &site) {
            return Err(inside(&output.path, written));
        }
    }
    Ok(())
}

/// The roots of site and workspace hold the output by default; `comuni/` does only below the site itself, since
/// its other folders are other Comuni.
fn may_hold_output(protected: &Real, output: &Real, site: &Real) -> bool {
    let is_comuni =
        site.path.parent() == Some(protected.path.as_path()) && protected.path.ends_with("comuni");
    site.lies_in(protected) && (output.lies_in(site) || !is_comuni)
}

fn real(path: &Path) -> Result<Real, Failure> {
    Real::of(path).doing(Action::Read, path)
}

fn refuse_link(output: &Path) -> Result<(), Failure> {
    if output.symlink_metadata().is_ok_and(|m| m.is_symlink()) {
        let reason = text!("è un collegamento simbolico", "it is a symbolic link");
        let hint = text!(
            "Indica con --output la cartella a cui porta il collegamento.",
            "Give --output the folder that the link leads to."
        );
        return Err(refused(output, &reason, hint));
    }
    Ok(())
}

fn contains(output: &Path, what: &Path) -> Failure {
    let what = shown(what);
    let reason = text!(
        "è, o contiene, una cartella che non va toccata («{what}»)",
        "it is, or contains, a folder that must not be touched (“{what}”)"
    );
    refused(output, &reason, choose_another())
}

fn inside(output: &Path, what: &Path) -> Failure {
    let what = shown(what);
    let reason = text!(
        "sta dentro una cartella di contenuti («{what}»)",
        "it lies inside a content folder (“{what}”)"
    );
    refused(output, &reason, choose_another())
}

fn refused(output: &Path, reason: &Text, hint: Text) -> Failure {
    let (shown, it, en) = (shown(output), &reason.it, &reason.en);
    let message = text!("non si può pubblicare in «{shown}»: {it}", "cannot publish to “{shown}”: {en}");
    Failure::refused(output, message, hint)
}

fn choose_another() -> Text {
    text!(
        "Scegli con --output una cartella vuota o non ancora esistente: qui non viene cancellato nulla.",
        "Choose with --output an empty folder, or one that does not exist yet: nothing is deleted here."
    )
}

/// Nothing there: no such entry, or a file where a folder would be.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn steps_are_followed_as_the_system_would() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("a/b")).unwrap();
        std::os::unix::fs::symlink("a/b", root.join("link")).unwrap();

        assert_eq!(resolve(&root.join("link/..")).unwrap(), root.join("a"));
        assert_eq!(resolve(&root.join("link/new/../x")).unwrap(), root.join("a/b/x"));
        assert_eq!(resolve(&root.join("./a/../link")).unwrap(), root.join("a/b"));
    }

    #[test]
    fn a_folder_is_known_by_identity_too() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("media/foto")).unwrap();
        let media = Real::of(&dir.path().join("media")).unwrap();
        let mut photos = Real::of(&dir.path().join("media/foto")).unwrap();
        photos.path = PathBuf::from("/another/spelling");

        assert!(photos.lies_in(&media));
        assert!(!media.lies_in(&photos));
    }

    #[test]
    fn an_output_lies_in_its_own_comune_only() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join("comuni/ala")).unwrap();
        fs::create_dir_all(root.join("comuni/avio")).unwrap();
        let protected = ["", "comuni", "catalogo", "comuni/ala"].map(|p| root.join(p));
        let allowed = |output: &str| {
            let (output, site_root) = (root.join(output), root.join("comuni/ala"));
            let wait = std::time::Duration::ZERO;
            Place::of(&Publication { output: &output, protected: &protected, site_root: &site_root, wait })
                .is_ok()
        };

        assert!(allowed("public/ala"));
        assert!(allowed("comuni/ala/public"));
        assert!(!allowed("comuni/avio/public"));
        assert!(!allowed("comuni/public"));
        assert!(!allowed("catalogo/public"));
        assert!(!allowed("comuni"));
        assert!(!allowed("comuni/ala"));
    }
}
