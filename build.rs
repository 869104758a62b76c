//! Builds the default theme and embeds it: runs the Node pipeline of `themes/comuni` and writes `$OUT_DIR/theme.rs`, where
//! `ASSETS`, `TEMPLATES` and `STRINGS` point at the finished files with `include_bytes!`/`include_str!`.
//! With `THEME_DIST=<folder>` the assets come from that folder and neither Node nor the network is needed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// Sources whose change must rebuild the assets. `strings/` only feeds `STRINGS`.
const SOURCES: [&str; 6] =
    ["assets", "templates", "build.mjs", "package.json", "package-lock.json", ".npmrc"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=THEME_DIST");
    if let Err(message) = run() {
        // A panic would bury the sentence under a backtrace hint.
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let theme = Path::new(&var("CARGO_MANIFEST_DIR")?).join("themes/comuni");
    let out = PathBuf::from(var("OUT_DIR")?);
    for source in SOURCES.iter().chain(["strings"].iter()) {
        // Cargo walks a directory here, so a new or deleted file counts as a change.
        println!("cargo:rerun-if-changed={}", theme.join(source).display());
    }

    let dist = match env::var_os("THEME_DIST").filter(|d| !d.is_empty()) {
        Some(ready) => {
            let ready = fs::canonicalize(&ready)
                .map_err(|e| format!("THEME_DIST={}: {e}", ready.to_string_lossy()))?;
            println!("cargo:rerun-if-changed={}", ready.display());
            if !ready.join("site.css").is_file() {
                return Err(format!(
                    "THEME_DIST={} holds no site.css: it must be a folder written by themes/comuni/build.mjs.",
                    ready.display()
                ));
            }
            ready
        }
        None => build_assets(&theme, &out)?,
    };

    let mut code = String::from("// Written by build.rs; do not edit.\n");
    table(&mut code, "ASSETS", "&[u8]", "include_bytes", &dist, &|_| true)?;
    table(&mut code, "TEMPLATES", "&str", "include_str", &theme.join("templates"), &|n| {
        n.ends_with(".html")
    })?;
    table(&mut code, "STRINGS", "&str", "include_str", &theme.join("strings"), &|n| n.ends_with(".yaml"))?;
    starter(&out)?;
    let file = out.join("theme.rs");
    fs::write(&file, code).map_err(|e| format!("{}: {e}", file.display()))
}

/// Embeds the files that `campanile new` copies.
fn starter(out: &Path) -> Result<(), String> {
    let folder = Path::new(&var("CARGO_MANIFEST_DIR")?).join("src/cli/new/starter");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut code = String::from("// Written by build.rs; do not edit.\n");
    table(&mut code, "FILES", "&[u8]", "include_bytes", &folder, &|_| true)?;
    let file = out.join("starter.rs");
    fs::write(&file, code).map_err(|e| format!("{}: {e}", file.display()))
}

/// Runs the Node build in a copy of the theme, so that the source tree stays clean, and returns the folder of finished files.
fn build_assets(theme: &Path, out: &Path) -> Result<PathBuf, String> {
    let work = out.join("theme");
    let dist = out.join("theme-dist");
    for stale in [&work, &dist] {
        if stale.exists() {
            fs::remove_dir_all(stale).map_err(|e| format!("{}: {e}", stale.display()))?;
        }
    }
    for source in SOURCES {
        copy(&theme.join(source), &work.join(source)).map_err(|e| format!("{source}: {e}"))?;
    }
    let modules = install(&work, out)?;
    node(
        Command::new("node").arg("build.mjs").arg(&dist).current_dir(&work).env("THEME_MODULES", &modules),
        "node build.mjs",
    )?;
    Ok(dist)
}

/// Installs the packages of the lockfile once per lockfile, in a folder that all profiles share, and returns `node_modules`.
/// The folder gets its final name only when the install is complete: a killed build leaves nothing that looks ready.
fn install(work: &Path, out: &Path) -> Result<PathBuf, String> {
    let lock = fs::read(work.join("package-lock.json")).map_err(|e| format!("package-lock.json: {e}"))?;
    let package = fs::read(work.join("package.json")).map_err(|e| format!("package.json: {e}"))?;
    // OUT_DIR is <target>/<profile>/build/<package>-<hash>/out; anything shaped otherwise keeps its own copy.
    let shared = out.ancestors().nth(4).filter(|t| t.join("CACHEDIR.TAG").exists()).unwrap_or(out);
    let ready = shared.join(format!("theme-packages-{:016x}", fnv1a(&[lock, package].concat())));
    let modules = ready.join("node_modules");
    if modules.is_dir() {
        return Ok(modules);
    }

    let staging = shared.join(format!("theme-packages-tmp-{}", std::process::id()));
    let _ = fs::remove_dir_all(&staging);
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        copy(&work.join(file), &staging.join(file)).map_err(|e| format!("{file}: {e}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    node(
        Command::new(npm).args(["ci", "--loglevel=error", "--no-progress"]).current_dir(&staging),
        "npm ci",
    )?;
    match fs::rename(&staging, &ready) {
        Ok(()) => Ok(modules),
        // Another build (other profile, same target folder) was first: use its copy.
        Err(_) if modules.is_dir() => {
            let _ = fs::remove_dir_all(&staging);
            Ok(modules)
        }
        Err(e) => Err(format!("{}: {e}", ready.display())),
    }
}

/// Runs a command of the Node toolchain; its output is shown only when it fails.
fn node(command: &mut Command, name: &str) -> Result<(), String> {
    match command.stdin(Stdio::null()).output() {
        Ok(run) if run.status.success() => Ok(()),
        Ok(run) => Err(format!(
            "`{name}` failed while building the theme ({}).\n{}{}",
            run.status,
            String::from_utf8_lossy(&run.stdout),
            String::from_utf8_lossy(&run.stderr)
        )),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            Err("building the theme needs Node.js 20 or newer with npm: install them, or set THEME_DIST to a folder that holds a built theme.".into())
        }
        Err(e) => Err(format!("`{name}`: {e}")),
    }
}

/// Appends one static table: the files under `root`, by `/`-separated relative name, sorted so that builds are reproducible.
fn table(
    code: &mut String,
    name: &str,
    kind: &str,
    include: &str,
    root: &Path,
    keep: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let mut files = Vec::new();
    walk(root, root, &mut files).map_err(|e| format!("{}: {e}", root.display()))?;
    files.retain(|(relative, _)| keep(relative));
    files.sort();
    let _ = writeln!(
        code,
        "/// Name and content of each file, sorted by name.\npub static {name}: &[(&str, {kind})] = &["
    );
    for (relative, path) in files {
        let path = path.to_str().ok_or_else(|| format!("{}: not valid UTF-8", path.display()))?;
        let _ = writeln!(code, "    ({relative:?}, {include}!({path:?})),");
    }
    code.push_str("];\n");
    Ok(())
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.push((relative.to_string_lossy().replace('\\', "/"), path.clone()));
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::copy(from, to).map(drop)
}

/// FNV-1a: names the package folder after the lockfile without a build dependency (a name, not a security check).
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn var(name: &str) -> Result<String, String> {
    env::var(name).map_err(|e| format!("{name}: {e}"))
}
