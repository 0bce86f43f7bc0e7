//! What was generated, in words: its names, and how much there is.

use std::collections::HashMap;

use farrier::Report;

/// `56 operations, 191 files, 46,122 lines`, and how many warnings there are that were not told, as the model was not read.
pub(crate) fn size(report: &Report) -> String {
    let operations = counted(report.operations, "operation");
    let untold = match report.warned - report.warnings.len() {
        0 => String::new(),
        count => format!(", {} (--full tells)", counted(count, "warning")),
    };
    format!(
        "{operations}, {}, {}{untold}",
        counted(report.files, "file"),
        counted(report.lines, "line")
    )
}

/// What crates and modules are called, each by a name of its own: with its folder where another has its name.
pub(crate) fn names<'r>(reports: impl Iterator<Item = &'r Report> + Clone) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for report in reports.clone() {
        *counts.entry(&report.name).or_default() += 1;
    }
    let names = reports.map(|report| match counts[report.name.as_str()] {
        1 => report.name.clone(),
        _ => format!("{} ({})", report.name, report.out.display()),
    });
    names.collect()
}

/// `1 file`, `1,234 files`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// `1,234`
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{counted, thousands};

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(0, "file"), "0 files");
    }
}
