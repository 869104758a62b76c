//! Publishing under faults: killed, starved, raced and pointed at the wrong folder, it neither loses a file nor
//! shows half a site. Each test names the promise (R-PUB-…) it holds the code to.
//!
//! What must happen to a whole process (kill, limits, other user, private mounts) happens to this test binary,
//! run again with a scenario in its environment: see [`child`].

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use campanile::write::{
    Failure, MANIFEST, OutputFile, Publication, Report, check_output, publish, published,
};
use rustix::fs::{CWD, FileType, FlockOperation, Mode, flock, mknodat, statvfs};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

// ---------------------------------------------------------------------------------------------------- helpers

/// A site to publish, in a folder of its own.
struct Site {
    _dir: tempfile::TempDir,
    root: PathBuf,
}

impl Site {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap().join("sito");
        fs::create_dir(&root).unwrap();
        Site { root, _dir: dir }
    }

    fn output(&self) -> PathBuf {
        self.root.join("public")
    }

    fn publish(&self, files: &[OutputFile]) -> Result<Report, Failure> {
        publish_in(&self.root, files)
    }
}

fn publish_in(root: &Path, files: &[OutputFile]) -> Result<Report, Failure> {
    publish_to(&root.join("public"), root, files)
}

fn publish_to(output: &Path, root: &Path, files: &[OutputFile]) -> Result<Report, Failure> {
    publish(files, &publication(output, root, &[], Duration::ZERO))
}

fn publication<'a>(
    output: &'a Path,
    site_root: &'a Path,
    protected: &'a [PathBuf],
    wait: Duration,
) -> Publication<'a> {
    Publication { output, protected, site_root, wait }
}

fn file(path: &str, text: &str) -> OutputFile {
    OutputFile { path: path.to_owned(), bytes: text.as_bytes().into() }
}

/// A site of `pages` pages. One page in three, and the style sheet, are the same in every version; one is called
/// after its version.
fn tree(version: usize, pages: usize) -> Vec<OutputFile> {
    let mut files = vec![
        file("index.html", &format!("<h1>Versione {version}</h1>")),
        file("comune.css", "body { margin: 0 }"),
        file(&format!("solo-{version}.html"), "qui e non altrove"),
    ];
    for page in 0..pages {
        let version = if page % 3 == 0 { 0 } else { version };
        let text = format!("<p>Pagina {page}, versione {version}</p>\n").repeat(60);
        files.push(file(&format!("servizi/c{}/s{page}/index.html", page % 7), &text));
    }
    files
}

/// Every entry below a folder with its kind, mode and content: equal snapshots, equal trees.
fn snapshot(dir: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut todo = vec![dir.to_owned()];
    while let Some(path) = todo.pop() {
        let metadata = path.symlink_metadata().unwrap();
        let content = if metadata.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            "cartella".to_owned()
        } else if metadata.is_symlink() {
            format!("-> {}", fs::read_link(&path).unwrap().display())
        } else if metadata.is_file() {
            blake3::hash(&fs::read(&path).unwrap()).to_string()
        } else {
            "speciale".to_owned()
        };
        found.insert(path.strip_prefix(dir).unwrap().to_owned(), format!("{:o} {content}", metadata.mode()));
    }
    found
}

/// What lies beside the output because of a publication, except the lock.
fn remains(root: &Path) -> Vec<String> {
    let names = fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains(".campanile-") && !name.ends_with(".campanile-lock")).collect()
}

fn inode(path: &Path) -> u64 {
    path.symlink_metadata().unwrap().ino()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result {
        Err(Failure::Refused(diagnostic)) => {
            assert_eq!(diagnostic.code.name(), "USC-01");
            assert!(diagnostic.hint.is_some());
            diagnostic.message.it
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[track_caller]
fn failed<T: std::fmt::Debug>(result: Result<T, Failure>, cause: &str, path: &str) {
    match result {
        Err(Failure::Failed(diagnostic)) => {
            assert_eq!(diagnostic.code.name(), "USC-03");
            let message = &diagnostic.message;
            assert!(message.it.contains(cause), "{} does not name «{cause}»", message.it);
            assert!(
                message.it.contains(path) && message.en.contains(path),
                "{message:?} does not name {path}"
            );
        }
        other => panic!("expected a failure because «{cause}», got {other:?}"),
    }
}

/// Said past the test harness, which would swallow it.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// Pseudo-random numbers in `0.0..1.0`, the same on every run.
struct Dice(u64);

impl Dice {
    #[allow(clippy::cast_precision_loss)]
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

// ------------------------------------------------------------------------------------------- other processes

const SCENARIO: &str = "CAMPANILE_TEST_SCENARIO";
const ROOT: &str = "CAMPANILE_TEST_ROOT";

/// Not a test by itself: what the other tests run in a process of its own.
#[test]
fn child() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    let root = PathBuf::from(std::env::var(ROOT).unwrap());
    let (name, number) = scenario.split_once(' ').unwrap_or((&scenario, "0"));
    let number: usize = number.parse().unwrap();
    match name {
        "alternate" => alternate(&root),
        "publish-one" => publish_one(&root, number),
        "hold" => hold(&root),
        "small-disk" => small_disk(&root),
        "read-only-disk" => read_only_disk(&root),
        "mounts" => mounts(&root),
        "small-files" => small_files(&root),
        "few-descriptors" => few_descriptors(&root),
        "umask" => umask(&root),
        "home" => home(&root),
        "lost-permission" => lost_permission(&root),
        "files-of-another" => files_of_another(&root),
        other => panic!("no scenario {other}"),
    }
}

fn child_command(program: impl AsRef<std::ffi::OsStr>, scenario: &str, root: &Path) -> Command {
    let mut command = Command::new(program);
    command.env(SCENARIO, scenario).env(ROOT, root);
    command
}

const CHILD_ARGS: [&str; 4] = ["child", "--exact", "--nocapture", "--test-threads=1"];

fn spawn(scenario: &str, root: &Path) -> (Child, BufReader<ChildStderr>) {
    let mut command = child_command(std::env::current_exe().unwrap(), scenario, root);
    let mut child = command.args(CHILD_ARGS).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    (child, stderr)
}

fn run(scenario: &str, root: &Path) {
    let mut command = child_command(std::env::current_exe().unwrap(), scenario, root);
    succeeded(&command.args(CHILD_ARGS).output().unwrap());
}

/// Runs a scenario that may mount without anybody else seeing it, if we may do that here.
fn run_with_mounts(scenario: &str, root: &Path) {
    let unshare = ["--mount", "--propagation", "private"];
    if !Command::new("unshare").args(unshare).arg("true").output().is_ok_and(|o| o.status.success()) {
        return skipped(&format!("{scenario}: needs root and unshare"));
    }
    let mut command = child_command("unshare", scenario, root);
    succeeded(
        &command.args(unshare).arg(std::env::current_exe().unwrap()).args(CHILD_ARGS).output().unwrap(),
    );
}

#[track_caller]
fn succeeded(output: &Output) {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "the child ended with {}:\n{out}{err}", output.status);
}

fn mount(args: &[&str], at: &Path) {
    succeeded(&Command::new("mount").args(args).arg(at).output().unwrap());
}

/// Waits for the child to say `word`; other lines are of the test harness.
fn wait_for(word: &str, lines: &mut BufReader<ChildStderr>) {
    let mut line = String::new();
    while line.trim() != word {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "the child ended before it said {word}");
    }
}

// ------------------------------------------------------------------------------------------------- R-PUB-1

const PAGES: usize = 90;

/// Publishes version 1, then 2, then 1 … until killed, and says when each publication begins.
fn alternate(root: &Path) {
    let versions = [tree(1, PAGES), tree(2, PAGES)];
    for files in versions.iter().cycle() {
        eprintln!("go");
        publish_in(root, files).unwrap();
    }
}

/// The two trees that [`alternate`] publishes.
fn the_two_trees() -> [BTreeMap<PathBuf, String>; 2] {
    [1, 2].map(|version| {
        let site = Site::new();
        site.publish(&tree(version, PAGES)).unwrap();
        snapshot(&site.output())
    })
}

/// How long the child needs for one publication, the third quarter of a few.
fn time_of_one(root: &Path) -> Duration {
    let (mut child, mut lines) = spawn("alternate", root);
    wait_for("go", &mut lines);
    let mut times: Vec<Duration> = (0..8)
        .map(|_| {
            let start = Instant::now();
            wait_for("go", &mut lines);
            start.elapsed()
        })
        .collect();
    child.kill().unwrap();
    child.wait().unwrap();
    times.sort();
    times[5]
}

#[test]
fn r_pub_1_killed_at_any_instant_the_site_is_whole() {
    let site = Site::new();
    let legal = the_two_trees();
    site.publish(&tree(1, PAGES)).unwrap();
    let one = time_of_one(&site.root);
    let (stop, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut dice = Dice(0x5eed_ca3b_a21e);
    let mut interrupted = 0;

    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(&stop, &reads, &site.output()));
        for kill in 0..21 {
            let (mut child, mut lines) = spawn("alternate", &site.root);
            for _ in 0..=(kill % 2) {
                wait_for("go", &mut lines);
            }
            // A third is aimed at the last quarter of a publication, where trees are exchanged and removed.
            let fraction = if kill % 3 == 2 { 0.75 + dice.roll() / 4.0 } else { dice.roll() };
            std::thread::sleep(one.mul_f64(fraction));
            child.kill().unwrap();
            child.wait().unwrap();
            interrupted += usize::from(!remains(&site.root).is_empty());
            let now = snapshot(&site.output());
            assert!(legal.contains(&now), "kill {kill}: neither the old nor the new tree");
        }
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });

    assert!(interrupted >= 5, "only {interrupted} of 21 kills hit a publication: the test tests little");
    assert!(reads.load(Ordering::Relaxed) > 100);
    site.publish(&tree(2, PAGES)).unwrap();
    assert_eq!(snapshot(&site.output()), legal[1]);
    assert_eq!(remains(&site.root), [""; 0], "R-PUB-6: the next run clears what the killed ones left");
}

#[test]
fn r_pub_1_killed_in_the_first_build_there_is_no_site_or_a_whole_one() {
    let legal = the_two_trees();
    let mut dice = Dice(0xca3b_a21e);
    for _ in 0..6 {
        let site = Site::new();
        let (mut child, mut lines) = spawn("alternate", &site.root);
        wait_for("go", &mut lines);
        std::thread::sleep(Duration::from_millis(60).mul_f64(dice.roll()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!site.output().exists() || legal.contains(&snapshot(&site.output())));
        site.publish(&tree(2, PAGES)).unwrap();
        assert_eq!(snapshot(&site.output()), legal[1]);
        assert_eq!(remains(&site.root), [""; 0]);
    }
}

/// What a visitor does: the files that both versions have are there at every instant, whole.
fn read_until(stop: &AtomicBool, reads: &AtomicUsize, output: &Path) {
    let both = |path: &str| [1, 2].map(|v| tree(v, 3).into_iter().find(|f| f.path == path).unwrap().bytes);
    let expected = ["index.html", "comune.css", "servizi/c1/s1/index.html"].map(|path| (path, both(path)));
    let front = output.join("index.html");
    while !stop.load(Ordering::Relaxed) {
        for (path, versions) in &expected {
            let read = fs::read(output.join(path)).unwrap_or_else(|e| panic!("a reader missed {path}: {e}"));
            assert!(versions.iter().any(|v| **v == *read), "a reader got a torn {path}");
            reads.fetch_add(1, Ordering::Relaxed);
        }
        // Looking is quicker than reading: so even the gap between two renames is seen.
        for _ in 0..200 {
            assert!(front.symlink_metadata().is_ok(), "for a moment there was no site");
        }
    }
}

// ------------------------------------------------------------------------------------------------- R-PUB-2

#[test]
fn r_pub_2_full_disk() {
    run_with_mounts("small-disk", &Site::new().root);
}

fn small_disk(root: &Path) {
    mount(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"], root);
    let free = || statvfs(root).unwrap().f_bfree;
    let pages = |size: usize| {
        let text = "x".repeat(size);
        (0..30).map(|n| file(&format!("p{n}/index.html"), &text)).collect::<Vec<_>>()
    };

    let before = free();
    failed(publish_in(root, &pages(100_000)), "il disco è pieno", "public/p");
    assert_eq!(free(), before, "a failed first build gives the space back");
    assert_eq!(remains(root), [""; 0]);
    assert!(!root.join("public").exists());

    publish_in(root, &pages(10_000)).unwrap();
    let (published, before) = (snapshot(&root.join("public")), free());
    failed(publish_in(root, &pages(50_000)), "il disco è pieno", "public/p");
    assert_eq!(snapshot(&root.join("public")), published);
    assert_eq!((remains(root), free()), (vec![], before));

    publish_in(root, &pages(11_000)).unwrap();
}

#[test]
fn r_pub_2_read_only_disk() {
    run_with_mounts("read-only-disk", &Site::new().root);
}

fn read_only_disk(root: &Path) {
    mount(&["-t", "tmpfs", "tmpfs"], root);
    publish_in(root, &tree(1, 20)).unwrap();
    let before = snapshot(root);
    mount(&["-o", "remount,ro"], root);

    failed(publish_in(root, &tree(2, 20)), "il disco è in sola lettura", "public");
    failed(publish_to(&root.join("altro"), root, &tree(2, 20)), "il disco è in sola lettura", "altro");

    assert_eq!(snapshot(root), before);
}

#[test]
fn r_pub_2_limit_of_file_sizes() {
    run("small-files", &Site::new().root);
}

fn small_files(root: &Path) {
    let (small, large) = (file("a/index.html", &"x".repeat(20_000)), file("b.pdf", &"x".repeat(60_000)));
    setrlimit(Resource::Fsize, Rlimit { current: Some(50_000), maximum: None }).unwrap();

    let both = [small.clone(), large];
    failed(publish_in(root, &both), "supera la grandezza ammessa", "b.pdf");
    assert!(!root.join("public").exists());
    publish_in(root, &[small]).unwrap();
    let before = snapshot(&root.join("public"));
    failed(publish_in(root, &both), "supera la grandezza ammessa", "b.pdf");

    assert_eq!(snapshot(&root.join("public")), before);
    assert_eq!(remains(root), [""; 0]);
}

#[test]
fn r_pub_2_few_descriptors() {
    run("few-descriptors", &Site::new().root);
}

fn few_descriptors(root: &Path) {
    let output = root.join("public");
    let limit = getrlimit(Resource::Nofile);
    let (mut version, mut failures) = (1, 0);
    publish_in(root, &tree(version, 30)).unwrap();
    fs::write(output.join("CNAME"), "comune.example.it").unwrap();
    // A small site is written by one thread, a larger one by several.
    for (pages, descriptors) in (3..10).map(|n| (30, n)).chain((3..14).map(|n| (80, n))) {
        let before = snapshot(&output);
        setrlimit(Resource::Nofile, Rlimit { current: Some(descriptors), ..limit }).unwrap();
        let result = publish_in(root, &tree(version + 1, pages));
        setrlimit(Resource::Nofile, limit).unwrap();
        if result.is_ok() {
            version += 1;
            assert!(output.join("CNAME").exists());
        } else {
            failures += 1;
            failed(result, "troppi file aperti", "public");
            assert_eq!(snapshot(&output), before);
        }
        assert_eq!(remains(root), [""; 0], "with {descriptors} descriptors");
    }
    assert!(version > 1 && failures > 1, "{failures} failures, {version} versions");
}

#[test]
fn r_pub_2_lost_permission() {
    let site = Site::new();
    if run_as_nobody("lost-permission", &site) {
        return;
    }
    skipped("lost-permission: needs root, to become somebody else");
}

fn lost_permission(root: &Path) {
    publish_in(root, &tree(1, 20)).unwrap();
    let before = snapshot(root);
    fs::set_permissions(root, fs::Permissions::from_mode(0o555)).unwrap();
    failed(publish_in(root, &tree(2, 20)), "mancano i permessi", "public");
    failed(publish_to(&root.join("altro"), root, &tree(2, 20)), "mancano i permessi", "altro");
    fs::set_permissions(root, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(snapshot(root), before);
}

/// Runs a scenario as a user without rights on a site that is his; false if we cannot.
fn run_as_nobody(scenario: &str, site: &Site) -> bool {
    const NOBODY: u32 = 65534;
    if !rustix::process::geteuid().is_root() {
        return false;
    }
    // Where he can reach it, whatever the build folder allows.
    let home = site.root.parent().unwrap();
    let program = home.join("test");
    fs::set_permissions(home, fs::Permissions::from_mode(0o755)).unwrap();
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    chown(&site.root, Some(NOBODY), Some(NOBODY)).unwrap();
    let mut command = child_command(program, scenario, &site.root);
    command.args(CHILD_ARGS).uid(NOBODY).gid(NOBODY).current_dir("/");
    succeeded(&command.output().unwrap());
    true
}

// ------------------------------------------------------------------------------------- R-PUB-3 and R-PUB-4

/// A workspace with content, and everything in it that an output may not be.
fn workspace(site: &Site) -> Vec<PathBuf> {
    for (path, text) in [
        ("comune.yaml", "ente: {}"),
        ("servizi/carta.md", "---\ntitolo: Carta\n---\n"),
        ("media/lago.jpg", "foto"),
        ("templates/home.html", "modello"),
        ("static/robots.txt", "robot"),
    ] {
        let path = site.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    ["servizi", "media", "templates", "static", "novita", "catalogo/servizi", ""]
        .map(|name| site.root.join(name))
        .to_vec()
}

#[test]
fn r_pub_4_output_among_the_content_is_refused() {
    let site = Site::new();
    let protected = workspace(&site);
    symlink(site.root.join("media"), site.root.join("foto")).unwrap();
    symlink(&site.root, site.root.parent().unwrap().join("altrove")).unwrap();
    let before = snapshot(site.root.parent().unwrap());
    for output in [
        "media",
        "media/",
        "media/public",
        "servizi/a/b",
        "novita",
        "novita/public",
        "catalogo",
        "static/../media",
        "public/../servizi",
        "manca/../../sito/templates/x",
        "./public/./../media/.",
        "foto/public",
        "foto/../servizi",
        "../altrove/media",
        "../altrove/servizi/public",
        ".",
        "",
        "..",
        "../..",
        "../altrove/.",
        "public/..",
        "foto/..",
        "/",
        "/tmp/../..",
    ] {
        let output = site.root.join(output);
        let publication = publication(&output, &site.root, &protected, Duration::ZERO);
        refused(check_output(&publication));
        refused(publish(&tree(1, 3), &publication));
        assert_eq!(snapshot(site.root.parent().unwrap()), before, "{} was touched", output.display());
    }
    // The site itself is never the output, whatever the caller forgets to protect.
    for output in [".", "..", "public/..", "/", "../altrove/."] {
        refused(publish_to(&site.root.join(output), &site.root, &tree(1, 3)));
        assert_eq!(snapshot(site.root.parent().unwrap()), before);
    }
    for allowed in ["public", "static/../public", "foto/../../sito/public"] {
        let output = site.root.join(allowed);
        check_output(&publication(&output, &site.root, &protected, Duration::ZERO)).unwrap();
    }
}

#[test]
fn r_pub_4_an_empty_name_is_refused() {
    let site = Site::new();
    refused(publish_to(Path::new(""), &site.root, &tree(1, 3)));
}

#[test]
fn r_pub_3_home_is_refused() {
    let site = Site::new();
    fs::create_dir_all(site.root.join("case/anna")).unwrap();
    let mut command = child_command(std::env::current_exe().unwrap(), "home", &site.root);
    succeeded(&command.args(CHILD_ARGS).env("HOME", site.root.join("case/anna")).output().unwrap());
}

/// Even an empty home is not an output, nor is a folder that contains it.
fn home(root: &Path) {
    let site = root.join("sito");
    fs::create_dir(&site).unwrap();
    let before = snapshot(root);
    for output in ["case/anna", "case", "sito/../case/anna/", "."] {
        refused(publish_to(&root.join(output), &site, &tree(1, 3)));
        assert_eq!(snapshot(root), before);
    }
    publish_to(&root.join("case/anna/public"), &site, &tree(1, 3)).unwrap();
}

#[test]
fn r_pub_3_folders_of_others_are_refused() {
    let site = Site::new();
    let precious = site.root.join("prezioso");
    fs::create_dir_all(precious.join("tesi")).unwrap();
    fs::write(precious.join("tesi/capitolo.odt"), "tre anni di lavoro").unwrap();
    fs::write(precious.join("index.html"), "non è tuo").unwrap();
    fs::write(site.root.join("file"), "un file").unwrap();
    fs::create_dir(site.root.join("vuota")).unwrap();
    symlink("vuota", site.root.join("collegamento")).unwrap();
    symlink("manca", site.root.join("rotto")).unwrap();
    let before = snapshot(&site.root);
    for (output, reason) in [
        ("prezioso", "file non scritti da Campanile (index.html, tesi; 2 in tutto)"),
        ("prezioso/tesi", "capitolo.odt"),
        ("file", "non è una cartella"),
        ("collegamento", "collegamento simbolico"),
        ("collegamento/", "collegamento simbolico"),
        ("rotto", "collegamento simbolico"),
    ] {
        let output = site.root.join(output);
        let why = refused(check_output(&publication(&output, &site.root, &[], Duration::ZERO)));
        assert!(why.contains(reason), "{why}");
        refused(publish_to(&output, &site.root, &tree(1, 3)));
        let mut now = snapshot(&site.root);
        now.retain(|path, _| !path.as_os_str().as_bytes().ends_with(b".campanile-lock"));
        assert_eq!(now, before);
    }
}

#[test]
fn r_pub_3_mount_points_are_refused() {
    run_with_mounts("mounts", &Site::new().root);
}

fn mounts(root: &Path) {
    let precious = root.join("prezioso");
    fs::create_dir(&precious).unwrap();
    fs::write(precious.join("tesi.odt"), "tre anni di lavoro").unwrap();
    publish_in(root, &tree(1, 3)).unwrap();
    let inside = root.join("public/caricati");
    fs::create_dir(&inside).unwrap();
    mount(&["--bind", precious.to_str().unwrap()], &inside);
    let before = snapshot(&root.join("public"));
    let why = refused(publish_in(root, &tree(2, 3)));
    assert!(why.contains("public/caricati"), "{why}");
    assert_eq!(snapshot(&root.join("public")), before);

    let itself = root.join("montata");
    fs::create_dir(&itself).unwrap();
    mount(&["-t", "tmpfs", "tmpfs"], &itself);
    assert!(refused(publish_to(&itself, root, &tree(1, 3))).contains("punto di montaggio"));
    publish_to(&itself.join("public"), root, &tree(1, 3)).unwrap();
    assert_eq!(remains(root), [""; 0]);
}

/// Puts files of others into the output; gives their paths.
fn add_files_of_others(output: &Path) -> Vec<PathBuf> {
    let write = |path: &str, mode: u32| {
        let path = output.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, path.as_os_str().as_bytes()).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    write("CNAME", 0o644);
    write(".git/HEAD", 0o600);
    write(".git/objects/ab/cdef", 0o444);
    write(".well-known/acme/prova", 0o640);
    write("servizi/c1/appunti.txt", 0o644);
    fs::create_dir(output.join(".git/refs")).unwrap();
    symlink("../CNAME", output.join(".well-known/collegamento")).unwrap();
    symlink("/non/esiste", output.join("rotto")).unwrap();
    let strange = output.join(std::ffi::OsStr::from_bytes(b"nome-\xff\n"));
    fs::write(&strange, "nome non in UTF-8").unwrap();
    mknodat(CWD, output.join("tubo"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    fs::set_permissions(output.join(".git/objects/ab"), fs::Permissions::from_mode(0o500)).unwrap();
    fs::set_permissions(output.join(".git"), fs::Permissions::from_mode(0o700)).unwrap();
    snapshot(output).into_keys().filter(|path| !is_of(path, &tree(1, 30))).collect()
}

/// Whether a path is one of the files, a folder above one, or the manifest.
fn is_of(path: &Path, files: &[OutputFile]) -> bool {
    path == Path::new(MANIFEST) || files.iter().any(|file| Path::new(&file.path).starts_with(path))
}

#[test]
fn r_pub_3_files_of_others_in_the_output_are_kept() {
    let site = Site::new();
    site.publish(&tree(1, 30)).unwrap();
    let foreign = add_files_of_others(&site.output());
    assert_eq!(foreign.len(), 15);
    let before = snapshot(&site.output());
    let linked = ["CNAME", ".git/objects/ab/cdef", ".well-known/collegamento", "tubo"];
    let inodes = linked.map(|path| inode(&site.output().join(path)));

    for version in [2, 3] {
        // The second time without the folder in which somebody left his notes.
        let files = if version == 2 { tree(2, 30) } else { tree(3, 1) };
        let report = site.publish(&files).unwrap();
        assert_eq!(report.kept, [""; 0].map(PathBuf::from));
        let now = snapshot(&site.output());
        for path in &foreign {
            assert_eq!(now.get(path), before.get(path), "{}", path.display());
        }
        let ours: Vec<_> = now.keys().filter(|path| !foreign.contains(path)).collect();
        let above_notes = ["servizi", "servizi/c1"].map(Path::new);
        assert!(
            ours.iter().all(|path| is_of(path, &files) || above_notes.contains(&path.as_path())),
            "{ours:?}"
        );
        assert_eq!(linked.map(|path| inode(&site.output().join(path))), inodes, "not copied: the same files");
        assert_eq!(remains(&site.root), [""; 0]);
    }
}

#[test]
fn r_pub_3_a_file_of_others_in_our_way_is_named() {
    for (theirs, ours) in [
        ("nuova/index.html", "nuova/index.html"),
        ("nuova", "nuova/index.html"),
        ("nuova/index.html", "nuova"),
        ("nuova/sotto/altro", "nuova/sotto"),
    ] {
        let site = Site::new();
        site.publish(&tree(1, 3)).unwrap();
        let path = site.output().join(theirs);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "mio").unwrap();
        let before = snapshot(&site.output());

        let mut files = tree(2, 3);
        files.push(file(ours, "nostro"));
        let why = refused(site.publish(&files));

        assert!(why.contains("public/nuova"), "{why}");
        assert_eq!(snapshot(&site.output()), before);
        assert_eq!(remains(&site.root), [""; 0]);
    }
}

#[test]
fn r_pub_3_our_file_replaced_by_a_link_is_no_longer_ours() {
    let site = Site::new();
    site.publish(&tree(1, 3)).unwrap();
    let precious = site.root.join("prezioso");
    fs::write(&precious, "prezioso").unwrap();
    let path = site.output().join("index.html");
    fs::remove_file(&path).unwrap();
    symlink(&precious, &path).unwrap();

    assert!(refused(site.publish(&tree(2, 3))).contains("index.html"));
    assert_eq!(fs::read_to_string(&precious).unwrap(), "prezioso");
    assert!(path.is_symlink());
}

#[test]
fn r_pub_3_files_of_another_user_are_copied_or_named() {
    let site = Site::new();
    let output = site.output();
    if !run_as_nobody("publish-one 1", &site) {
        return skipped("files-of-another: needs root, to become somebody else");
    }
    // He may neither link nor change what is root's, only read it.
    fs::write(output.join("CNAME"), "comune.example.it").unwrap();
    fs::set_permissions(output.join("CNAME"), fs::Permissions::from_mode(0o4755)).unwrap();
    assert!(run_as_nobody("files-of-another", &site));
    assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "comune.example.it");
    assert_eq!(
        output.join("CNAME").metadata().unwrap().mode() & 0o7777,
        0o755,
        "not set-user-id for another"
    );

    fs::write(output.join("segreto"), "di root").unwrap();
    fs::set_permissions(output.join("segreto"), fs::Permissions::from_mode(0o600)).unwrap();
    let before = snapshot(&output);
    assert!(run_as_nobody("files-of-another", &site));
    assert_eq!(snapshot(&output), before);
}

fn files_of_another(root: &Path) {
    let result = publish_in(root, &tree(2, 20));
    if root.join("public/segreto").exists() {
        failed(result, "mancano i permessi", "public/segreto");
    } else {
        result.unwrap();
    }
    assert_eq!(remains(root), [""; 0]);
}

#[test]
fn r_pub_3_a_broken_manifest_is_refused() {
    let site = Site::new();
    site.publish(&tree(1, 3)).unwrap();
    let manifest = site.output().join(MANIFEST);
    let good = fs::read_to_string(&manifest).unwrap();
    let hash = "0".repeat(64);
    let broken = [
        String::new(),
        "{}".to_owned(),
        good[..good.len() / 2].to_owned(),
        good.replace("\"campanile\": 1", "\"campanile\": 2"),
        format!("{{\"campanile\": 1, \"files\": {{\"../../prezioso\": \"{hash}\"}}}}"),
        format!("{{\"campanile\": 1, \"files\": {{\"/etc/passwd\": \"{hash}\"}}}}"),
        "{\"campanile\": 1, \"files\": {\"index.html\": \"abc\"}}".to_owned(),
    ];
    for text in broken {
        fs::write(&manifest, &text).unwrap();
        let before = snapshot(&site.output());
        assert!(refused(site.publish(&tree(2, 3))).contains(MANIFEST), "{text}");
        refused(check_output(&publication(&site.output(), &site.root, &[], Duration::ZERO)));
        assert_eq!(snapshot(&site.output()), before);
    }
    // Neither followed nor waited for.
    let elsewhere = site.root.join("elenco.json");
    fs::write(&elsewhere, good).unwrap();
    fs::remove_file(&manifest).unwrap();
    symlink(&elsewhere, &manifest).unwrap();
    refused(site.publish(&tree(2, 3)));
    fs::remove_file(&manifest).unwrap();
    mknodat(CWD, &manifest, FileType::Fifo, Mode::RWXU, 0).unwrap();
    refused(site.publish(&tree(2, 3)));
    // Without any, the folder is somebody else's.
    fs::remove_file(&manifest).unwrap();
    refused(site.publish(&tree(2, 3)));
    assert_eq!(fs::read_to_string(site.output().join("index.html")).unwrap(), "<h1>Versione 1</h1>");
}

// ------------------------------------------------------------------------------------------------- R-PUB-5

fn publish_one(root: &Path, version: usize) {
    let output = root.join("public");
    publish(&tree(version, 40), &publication(&output, root, &[], Duration::from_secs(30))).unwrap();
}

#[test]
fn r_pub_5_four_builds_at_once_give_one_whole_site() {
    let site = Site::new();
    let legal: Vec<_> = (1..5)
        .map(|version| {
            let alone = Site::new();
            alone.publish(&tree(version, 40)).unwrap();
            snapshot(&alone.output())
        })
        .collect();
    for round in 0..5 {
        let children: Vec<_> =
            (1..5).map(|version| spawn(&format!("publish-one {version}"), &site.root)).collect();
        for (mut child, _) in children {
            assert!(child.wait().unwrap().success());
        }
        assert!(legal.contains(&snapshot(&site.output())), "round {round}: sites mixed up");
        assert_eq!(remains(&site.root), [""; 0]);
    }
}

/// Holds the lock as a build would, until killed.
fn hold(root: &Path) {
    let lock = fs::File::create(root.join(".public.campanile-lock")).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    eprintln!("held");
    std::thread::sleep(Duration::from_secs(90));
}

#[test]
fn r_pub_5_a_second_build_waits_then_says_so() {
    let site = Site::new();
    site.publish(&tree(1, 3)).unwrap();
    let stale = site.root.join(".public.campanile-staging-1-0");
    fs::create_dir(&stale).unwrap();
    let before = snapshot(&site.output());
    let (mut child, mut lines) = spawn("hold", &site.root);
    wait_for("held", &mut lines);
    let output = site.output();
    let with_wait = |wait: u64| publication(&output, &site.root, &[], Duration::from_millis(wait));

    let start = Instant::now();
    let Err(Failure::Busy(busy)) = publish(&tree(2, 3), &with_wait(300)) else { panic!("not busy") };
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(busy.code.name(), "USC-02");
    assert!(busy.message.it.contains("public"));
    assert_eq!(snapshot(&site.output()), before);
    assert!(stale.exists(), "what lies beside may be the other build's");

    // A killed holder holds nothing, though its lock file is still there; a waiting build goes on at once.
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| publish(&tree(2, 3), &with_wait(30_000)));
        std::thread::sleep(Duration::from_millis(100));
        child.kill().unwrap();
        child.wait().unwrap();
        waiting.join().unwrap().unwrap();
    });
    assert!(site.root.join(".public.campanile-lock").exists());
    site.publish(&tree(3, 3)).unwrap();
    assert_eq!(remains(&site.root), [""; 0]);
}

// ------------------------------------------------------------------------------------------------- R-PUB-6

#[test]
fn r_pub_6_only_staging_of_our_own_is_removed() {
    let site = Site::new();
    let precious = site.root.join("prezioso");
    fs::create_dir(&precious).unwrap();
    fs::write(precious.join("tesi.odt"), "tre anni di lavoro").unwrap();
    for stale in [".public.campanile-staging-4194000-0/a1b2/servizi", ".public.campanile-staging-7-12"] {
        fs::create_dir_all(site.root.join(stale)).unwrap();
        fs::write(site.root.join(stale).join("index.html"), "a metà").unwrap();
    }
    for other in [
        ".public.campanile-staging-appunti",
        ".public.campanile-staging-1-2-copia",
        ".public.campanile-staging-1-copia",
        ".public.campanile-staging-copia-1",
        ".public.campanile-staging-",
        ".altro.campanile-staging-1-0",
        "public.campanile-staging-1-0",
        "public.bak",
    ] {
        fs::create_dir(site.root.join(other)).unwrap();
        fs::write(site.root.join(other).join("tesi.odt"), "mio").unwrap();
    }
    fs::write(site.root.join(".public.campanile-staging-8-0"), "un file").unwrap();
    symlink(&precious, site.root.join(".public.campanile-staging-9-0")).unwrap();
    let mut before = snapshot(&site.root);
    before.retain(|path, _| !path.starts_with(".public.campanile-staging-4194000-0"));
    before.retain(|path, _| !path.starts_with(".public.campanile-staging-7-12"));

    site.publish(&tree(1, 3)).unwrap();

    let mut after = snapshot(&site.root);
    after.retain(|path, _| !path.starts_with("public") && path != Path::new(".public.campanile-lock"));
    assert_eq!(after, before);
}

#[test]
fn r_pub_6_an_old_tree_left_by_a_kill_is_cleared_without_loss() {
    let site = Site::new();
    site.publish(&tree(1, 3)).unwrap();
    fs::write(site.output().join("CNAME"), "comune.example.it").unwrap();
    // As a run killed just after the exchange leaves it, with a file that arrived at the last instant.
    let elsewhere = site.root.join("altra");
    publish_to(&elsewhere, &site.root, &tree(2, 3)).unwrap();
    fs::write(elsewhere.join("CNAME"), "comune.example.it").unwrap();
    fs::write(elsewhere.join("tesi.odt"), "tre anni di lavoro").unwrap();
    let left = site.root.join(".public.campanile-staging-7-0/a1b2");
    fs::create_dir(left.parent().unwrap()).unwrap();
    fs::rename(&elsewhere, &left).unwrap();

    let report = site.publish(&tree(3, 3)).unwrap();

    let [kept] = &report.kept[..] else { panic!("{report:?}") };
    assert_eq!(snapshot(kept).len(), 2, "a folder with one file: what the published tree has too is gone");
    assert_eq!(fs::read_to_string(kept.join("tesi.odt")).unwrap(), "tre anni di lavoro");
    assert!(!left.parent().unwrap().exists());
    assert_eq!(site.publish(&tree(1, 3)).unwrap().kept.len(), 0, "and said once");
    assert!(kept.join("tesi.odt").exists());
}

#[test]
fn r_pub_1_killed_between_two_renames_the_old_site_comes_back() {
    for first in ["check", "publish"] {
        let site = Site::new();
        site.publish(&tree(1, 3)).unwrap();
        fs::write(site.output().join("CNAME"), "comune.example.it").unwrap();
        let page = inode(&site.output().join("comune.css"));
        let before = snapshot(&site.output());
        fs::rename(site.output(), site.root.join(".public.campanile-old-77-0")).unwrap();

        if first == "check" {
            check_output(&publication(&site.output(), &site.root, &[], Duration::ZERO)).unwrap();
            assert_eq!(snapshot(&site.output()), before);
        } else {
            let report = site.publish(&tree(2, 3)).unwrap();
            assert_eq!(report.kept.len(), 0);
            assert_eq!(inode(&site.output().join("comune.css")), page);
        }
        assert!(site.output().join("CNAME").exists());
        assert_eq!(remains(&site.root), [""; 0]);
    }
}

// ------------------------------------------------------------------- what changes, what stays, what is reported

#[test]
fn r_pub_7_unchanged_files_stay_and_removed_ones_vanish() {
    let site = Site::new();
    let old = [
        file("index.html", "uguale"),
        file("novita/index.html", "prima"),
        file("servizi/vecchio/index.html", "via"),
        file("servizi/vecchio/modulo.pdf", "via"),
    ];
    let new = [
        file("index.html", "uguale"),
        file("novita/index.html", "dopo!"),
        file("servizi/nuovo/index.html", "nuovo"),
    ];
    let first = site.publish(&old).unwrap();
    assert_eq!((first.written, first.unchanged, first.removed, first.gone.len()), (4, 0, 0, 0));
    let inodes = ["index.html", "novita/index.html"].map(|path| inode(&site.output().join(path)));

    let second = site.publish(&new).unwrap();

    let expected = Report {
        written: 2,
        unchanged: 1,
        removed: 2,
        gone: vec!["servizi/vecchio/index.html".to_owned()],
        kept: vec![],
    };
    assert_eq!(second, expected);
    assert_eq!(inode(&site.output().join("index.html")), inodes[0]);
    assert_ne!(inode(&site.output().join("novita/index.html")), inodes[1]);
    assert_eq!(fs::read_to_string(site.output().join("novita/index.html")).unwrap(), "dopo!");
    assert!(!site.output().join("servizi/vecchio").exists());
    assert_eq!(snapshot(&site.output()).len(), 8);

    let third = site.publish(&new).unwrap();
    assert_eq!((third.written, third.unchanged, third.removed), (0, 3, 0));
}

#[test]
fn a_file_of_ours_changed_by_hand_is_made_right_again() {
    let site = Site::new();
    site.publish(&tree(1, 3)).unwrap();
    let before = snapshot(&site.output());
    fs::write(site.output().join("index.html"), "<h1>Versione 9</h1>").unwrap();
    fs::remove_file(site.output().join("comune.css")).unwrap();
    let page = site.output().join("servizi/c1/s1/index.html");
    fs::set_permissions(page, fs::Permissions::from_mode(0o600)).unwrap();

    let report = site.publish(&tree(1, 3)).unwrap();

    assert_eq!((report.written, report.unchanged), (3, 3));
    assert_eq!(snapshot(&site.output()), before);
}

#[test]
fn r_det_1_modes_do_not_depend_on_the_umask() {
    run("umask", &Site::new().root);
}

fn umask(root: &Path) {
    for (mask, name) in [(0o077, "stretta"), (0o000, "larga"), (0o022, "solita"), (0o777, "assurda")] {
        rustix::process::umask(Mode::from_raw_mode(mask));
        let output = root.join(name).join("public");
        for version in [1, 2] {
            publish_to(&output, root, &tree(version, 20)).unwrap();
            assert_eq!(output.parent().unwrap().metadata().unwrap().mode() & 0o777, 0o755);
            for (path, entry) in snapshot(&output) {
                assert!(
                    entry.starts_with("40755 ") || entry.starts_with("100644 "),
                    "{}: {entry}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn r_det_1_the_manifest_holds_paths_and_hashes_only() {
    let (one, other) = (Site::new(), Site::new());
    let mut files = tree(1, 10);
    one.publish(&files).unwrap();
    files.reverse();
    other.publish(&tree(2, 5)).unwrap();
    other.publish(&files).unwrap();
    let bytes = fs::read(one.output().join(MANIFEST)).unwrap();
    assert_eq!(bytes, fs::read(other.output().join(MANIFEST)).unwrap());

    let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let keys: Vec<_> = manifest.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["campanile", "files"]);
    let hashes: BTreeMap<String, String> =
        files.iter().map(|f| (f.path.clone(), blake3::hash(&f.bytes).to_string())).collect();
    assert_eq!(manifest["files"], serde_json::to_value(hashes).unwrap());
}

#[test]
fn r_pub_12_the_published_paths_can_be_asked_for() {
    let site = Site::new();
    let ask = || published(&publication(&site.output(), &site.root, &[], Duration::ZERO)).unwrap();
    assert_eq!(ask(), [""; 0]);
    site.publish(&[file("b/index.html", "b"), file("a.html", "a")]).unwrap();
    assert_eq!(ask(), ["a.html", "b/index.html"]);
}

#[test]
fn r_in_8_paths_that_leave_the_output_are_an_internal_error() {
    let site = Site::new();
    fs::write(site.root.join("prezioso"), "prezioso").unwrap();
    site.publish(&tree(1, 3)).unwrap();
    let before = snapshot(&site.root);
    for path in [
        "",
        "/etc/motd",
        "../prezioso",
        "a/../../prezioso",
        "a//b",
        "a/",
        "./a",
        "a/./b",
        "a\\b",
        "a\0b",
        "a\nb",
        MANIFEST,
        ".campanile-manifest.json.part",
    ] {
        failed(site.publish(&[file("index.html", "sì"), file(path, "no")]), "errore interno", "");
        assert_eq!(snapshot(&site.root), before, "{path:?}");
    }
    failed(site.publish(&[file("a", "1"), file("a", "2")]), "due volte", "a");
    failed(site.publish(&[file("a", "1"), file("a/b", "2")]), "insieme file e cartella", "a");
    failed(site.publish(&[]), "alcun file", "");
    failed(site.publish(&[file(&"a".repeat(300), "1")]), "il nome è troppo lungo", "aaa");
    assert_eq!(snapshot(&site.root), before);
}
