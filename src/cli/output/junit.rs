//! `JUnit` XML: one test case a finding, failed unless it is a hint; one passed case when nothing was found.

use super::Found;

/// The document.
pub fn text(found: &[Found<'_>]) -> String {
    let failures = found.iter().filter(|f| f.severity != "hint").count();
    let cases: String = if found.is_empty() {
        "<testcase classname=\"campanile\" name=\"nessun difetto\"/>\n".to_owned()
    } else {
        found.iter().map(case).collect()
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"campanile\" tests=\"{}\" failures=\"{failures}\" \
         errors=\"0\">\n{cases}</testsuite>",
        found.len().max(1)
    )
}

fn case(found: &Found<'_>) -> String {
    let line = found.line.map(|n| format!(":{n}")).unwrap_or_default();
    let file = found.file.as_deref().unwrap_or("-");
    let name = escaped(&format!("{} {file}{line}", found.code.name()));
    let message = escaped(&found.whole());
    let inner = match found.severity {
        "hint" => format!("<system-out>{message}</system-out>"),
        severity => format!("<failure type=\"{severity}\" message=\"{message}\"/>"),
    };
    format!("<testcase classname=\"{}\" name=\"{name}\">{inner}</testcase>\n", escaped(file))
}

/// A text inside XML: special characters escaped, control characters, which XML cannot hold, left out.
fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\n', "&#10;")
}
