//! One must-fail file per diagnostic code: `tests/rules/<CODE>/` holds the files that lie over the smallest sound site, and
//! `report.txt` the findings expected, all of them. `UPDATE=1 cargo test --test rules` writes the reports anew.

mod common;

use std::collections::BTreeSet;

use campanile::diagnostic::Code;
use campanile::pipeline;

/// Codes that need a disk or a previous output, and where they are tested.
const ELSEWHERE: [(&str, &str); 12] = [
    ("FIL-01", "hostile.rs: too_large_a_file_is_refused_unless_the_bounds_are_raised"),
    ("FIL-03", "hostile.rs: links_and_special_files_are_not_followed"),
    ("FIL-07", "src/limits.rs: a_panic_names_the_file"),
    ("FIL-08", "src/limits.rs: a_reading_without_end_is_given_up"),
    ("RET-01", "links.rs: the_command_from_end_to_end"),
    ("RET-02", "links.rs: the_command_from_end_to_end"),
    ("RET-03", "links.rs: no_network_is_told_from_a_dead_host"),
    ("USC-01", "publish.rs"),
    ("USC-02", "publish.rs"),
    ("USC-03", "publish.rs"),
    ("USC-04", "cli.rs: a_page_that_vanishes_is_reported"),
    ("USC-05", "publish.rs: what is kept; src/cli/build.rs: what_is_put_aside_is_said"),
];

/// Families of findings on pages, and where each of their codes has its seeded fault.
const ON_PAGES: [(&str, &str); 10] = [
    ("C.SI.", "check.rs: every_rule_of_check_has_a_seed"),
    ("R.SI.", "check.rs: every_rule_of_check_has_a_seed"),
    ("EVI-", "check.rs: every_rule_of_check_has_a_seed"),
    ("A11Y-", "check.rs: every_rule_of_check_has_a_seed"),
    ("HTM-", "check.rs: every_rule_of_check_has_a_seed"),
    ("LIN-", "check.rs: every_rule_of_check_has_a_seed"),
    ("PRV-02", "check.rs: every_seeded_fault_is_caught"),
    ("CTR-01", "check.rs: a_comune_decides_what_is_an_error_and_what_is_accepted_until_when"),
    ("CTR-02", "check_cli.rs: known_faults_are_silent_and_new_ones_are_not"),
    ("AGG-", "check_cli.rs: old_contents_and_providers_are_to_be_looked_at_again"),
];

#[test]
fn the_base_is_sound() {
    let outcome = pipeline::build(&common::base_site(), &common::options());
    assert_eq!(common::report(&outcome), Vec::<String>::new());
    assert!(outcome.sites[0].files.is_some());
}

#[test]
fn every_rule_reports_its_fault() {
    let folder = common::root().join("tests/rules");
    let update = std::env::var_os("UPDATE").is_some();
    let mut covered: BTreeSet<String> = ELSEWHERE.iter().map(|(code, _)| (*code).to_owned()).collect();
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let case = entry.unwrap().file_name().to_string_lossy().into_owned();
        if case == "base" {
            continue;
        }
        let code = case.split('.').next().unwrap().to_owned();
        let mut site = common::base_site();
        for (path, bytes) in common::tree(&folder.join(&case)) {
            match path.as_str() {
                "report.txt" => {}
                "REMOVE" => String::from_utf8(bytes).unwrap().lines().for_each(|path| site.remove(path)),
                _ => site.insert(path, bytes),
            }
        }
        let report = common::report(&pipeline::build(&site, &common::options()));
        assert!(report.iter().any(|l| l.split(' ').nth(1) == Some(code.as_str())), "{case}: {report:#?}");
        let without_cure = report.iter().find(|l| l.ends_with("| "));
        assert_eq!(without_cure, None, "{case}: every finding says how to cure it");
        let expected = folder.join(&case).join("report.txt");
        if update {
            std::fs::write(&expected, report.join("\n") + "\n").unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != report.join("\n") + "\n" {
            wrong.push(format!("{case}:\n{}", report.join("\n")));
        }
        covered.insert(code);
    }
    assert!(wrong.is_empty(), "reports differ from report.txt:\n{}", wrong.join("\n\n"));
    let on_pages = |code: &&str| ON_PAGES.iter().any(|(family, _)| code.starts_with(family));
    let codes = Code::ALL.iter().map(|c| c.name()).filter(|c| !on_pages(c));
    let missing: Vec<&str> = codes.filter(|c| !covered.contains(*c)).collect();
    assert!(missing.is_empty(), "codes without a must-fail file: {missing:?}");
}
