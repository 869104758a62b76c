//! The few disk operations that publishing is made of: modes that do not depend on the umask, removal that
//! needs one descriptor at a time, comparison without following links.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

/// Mode of the folders of a site: everybody may read.
pub const DIR_MODE: u32 = 0o755;
/// Mode of the files of a site.
pub const FILE_MODE: u32 = 0o644;

const SETGID: u32 = 0o2000;

/// One entry of a folder.
#[derive(Debug)]
pub struct Item {
    /// Its name, any bytes.
    pub name: OsString,
    /// A real folder, not a link to one.
    pub is_dir: bool,
    /// A regular file.
    pub is_file: bool,
}

/// The entries of a folder by name. The folder is closed again on return: trees of any depth are walked with
/// one descriptor, so that cleaning up works also when descriptors have run out.
pub fn list(dir: &Path) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        match entry.file_type() {
            Ok(kind) => {
                items.push(Item { name: entry.file_name(), is_dir: kind.is_dir(), is_file: kind.is_file() });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(items)
}

/// Makes a folder readable by everybody. Gives whether the umask (or a default ACL) had to be corrected: then
/// it will have to be for everything made beside it, too.
pub fn make_dir(path: &Path) -> io::Result<bool> {
    DirBuilder::new().mode(DIR_MODE).create(path)?;
    let mode = fs::symlink_metadata(path)?.mode();
    let corrected = mode & 0o777 != DIR_MODE;
    if corrected {
        set_mode(path, DIR_MODE | mode & SETGID)?;
    }
    Ok(corrected)
}

/// Makes a folder and those above it that are missing.
pub fn make_dirs(path: &Path) -> io::Result<()> {
    match make_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_dirs(path.parent().ok_or(error)?)?;
            make_dirs(path)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        other => other.map(drop),
    }
}

/// Sets the mode; file systems without modes are let pass.
pub fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    let result = fs::set_permissions(path, Permissions::from_mode(mode));
    match result.as_ref().map_err(Errno::from_io_error) {
        Err(Some(Errno::PERM | Errno::NOTSUP)) => Ok(()),
        _ => result,
    }
}

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8], correct_mode: bool) -> io::Result<()> {
    within_limit(bytes.len() as u64)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?;
    file.write_all(bytes)?;
    if correct_mode {
        set_mode(path, FILE_MODE)?;
    }
    Ok(())
}

/// Asks before writing: past the limit of file sizes the system would kill the process by a signal, and nobody
/// would clean up.
pub fn within_limit(length: u64) -> io::Result<()> {
    match rustix::process::getrlimit(rustix::process::Resource::Fsize).current {
        Some(limit) if length > limit => Err(Errno::FBIG.into()),
        _ => Ok(()),
    }
}

/// Opens a regular file for reading; a link or a FIFO in its place is neither followed nor waited for.
pub fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let file = OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Whether the file at `path` is just what we would write there.
pub fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let same = || -> io::Result<bool> {
        let (file, metadata) = open_regular(path)?;
        let plain = metadata.len() == bytes.len() as u64 && metadata.mode() & 0o777 == FILE_MODE;
        Ok(plain && reads_as(file, bytes)?)
    };
    same().unwrap_or(false)
}

/// Whether the reader gives exactly `expected`.
pub fn reads_as(mut reader: impl Read, mut expected: &[u8]) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(expected.is_empty()),
            Ok(n) => match expected.strip_prefix(&buffer[..n]) {
                Some(rest) => expected = rest,
                None => return Ok(false),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Lets us empty a folder that its owner (or we, after him) had closed.
pub fn open_up(dir: &Path) {
    if let Ok(metadata) = fs::symlink_metadata(dir)
        && metadata.mode() & 0o700 != 0o700
    {
        let _ = set_mode(dir, 0o700);
    }
}

/// Whether a folder is the root of another file system or of a bind mount: exchanging a tree would carry it
/// away, and emptying the old tree would empty it.
pub fn is_mount_point(dir: &Path) -> io::Result<bool> {
    let own = fs::symlink_metadata(dir)?;
    let above = dir.parent().map(fs::symlink_metadata).transpose()?;
    Ok(above.is_none_or(|above| above.dev() != own.dev()) || is_mount_root(dir))
}

#[cfg(target_os = "linux")]
fn is_mount_root(dir: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    // Before Linux 5.8 nobody tells; the device has been compared already.
    statx(CWD, dir, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_: &Path) -> bool {
    false
}

/// Brings the whole tree to disk. One call for the file system: syncing thousands of small files one by one
/// takes seconds. Errors since `tree` was opened are reported, so open it before writing.
#[cfg(target_os = "linux")]
pub fn sync_tree(tree: &File, _: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(tree)?)
}

/// Brings the whole tree to disk, file by file.
#[cfg(not(target_os = "linux"))]
pub fn sync_tree(tree: &File, path: &Path) -> io::Result<()> {
    for item in list(path)?.into_iter().filter(|item| item.is_dir || item.is_file) {
        let below = path.join(&item.name);
        let file = File::open(&below)?;
        if item.is_dir { sync_tree(&file, &below)? } else { file.sync_data()? }
    }
    sync_dir(tree)
}

/// Brings the entries of one folder to disk; some network file systems do not know how, and need not.
pub fn sync_dir(dir: &File) -> io::Result<()> {
    match rustix::fs::fsync(dir) {
        Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
        other => Ok(other?),
    }
}

/// Exchanges two trees in one instant.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Exchanging needs a system call that only some systems have.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(Errno::NOSYS.into())
}

/// Asks ext4 to look for a new place on the disk, by its name, for each folder made in `dir`. Else a new tree
/// would be laid out where as large a tree was just removed, and finding room past the recently deleted inodes
/// takes a millisecond a file.
#[cfg(target_os = "linux")]
pub fn spread(dir: &File) {
    use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};
    // A hint: file systems that do not know it are none the worse.
    let _ = ioctl_getflags(dir).and_then(|flags| ioctl_setflags(dir, flags | IFlags::TOPDIR));
}

/// Only ext4 is in need of the hint.
#[cfg(not(target_os = "linux"))]
pub fn spread(_: &File) {}
