//! The table: what was measured, on both sides, and whether it is enough.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::Outcome;

/// What is measured, and what is asked of it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    what: String,
    official: Option<Value>,
    ours: Value,
    bar: Bar,
    others: Option<f64>,
}

/// A figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    /// A time.
    Time(Duration),
    /// A number of things.
    Count(f64),
    /// How often one thing goes into another.
    Ratio(f64),
    /// The length of a file, or memory.
    Bytes(u64),
}

/// What is asked of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bar {
    /// To be so many times less than the official one.
    Times(f64),
    /// To be less than this.
    Below(Value),
    /// To be this or less.
    AtMost(Value),
    /// Nothing; it is there to explain others.
    None,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, ours: Value, bar: Bar) -> Row {
        Row {
            what: what.into(),
            official: None,
            ours,
            bar,
            others: None,
        }
    }

    /// With the figure of the official client.
    pub(crate) fn against(mut self, official: Value) -> Row {
        self.official = Some(official);
        self
    }

    /// With the part of the machine that other processes took meanwhile.
    pub(crate) fn beside(mut self, others: Option<f64>) -> Row {
        self.others = others;
        self
    }

    /// How many times less than the official figure.
    pub(crate) fn ratio(&self) -> Option<f64> {
        Some(self.official?.number() / self.ours.number())
    }

    /// Whether the figure is good enough; one of which nothing is asked is.
    pub(crate) fn is_met(&self) -> bool {
        match self.bar {
            Bar::Times(times) => self.ratio().is_some_and(|ratio| ratio >= times),
            Bar::Below(most) => self.ours.number() < most.number(),
            Bar::AtMost(most) => self.ours.number() <= most.number(),
            Bar::None => true,
        }
    }

    pub(crate) fn cells(&self) -> [String; 7] {
        let dash = || "-".to_owned();
        let met = match (self.bar, self.is_met()) {
            (Bar::None, _) => "",
            (_, true) => "yes",
            (_, false) => "NO",
        };
        [
            self.what.clone(),
            self.official.map_or_else(dash, Value::show),
            self.ours.show(),
            self.ratio()
                .map_or_else(dash, |ratio| format!("{ratio:.1}")),
            match self.bar {
                Bar::Times(times) => format!("{times} times"),
                Bar::Below(most) => format!("< {}", most.show()),
                Bar::AtMost(most) => format!("<= {}", most.show()),
                Bar::None => String::new(),
            },
            met.to_owned(),
            self.others
                .map_or_else(dash, |part| format!("{:.0} %", part * 100.0)),
        ]
    }
}

impl Value {
    fn number(self) -> f64 {
        match self {
            Value::Time(time) => time.as_secs_f64(),
            Value::Count(number) | Value::Ratio(number) => number,
            Value::Bytes(bytes) => bytes as f64,
        }
    }

    fn show(self) -> String {
        let number = self.number();
        match self {
            Value::Count(_) => format!("{number:.0}"),
            Value::Ratio(_) => format!("{number:.2}"),
            Value::Bytes(_) => format!("{:.1} MB", number / 1e6),
            Value::Time(_) if number >= 1.0 => format!("{number:.1} s"),
            Value::Time(_) if number >= 0.001 => format!("{:.0} ms", number * 1e3),
            Value::Time(_) => format!("{:.1} us", number * 1e6),
        }
    }
}

/// The table in Markdown, and a line that says where and when.
pub(crate) fn print(rows: &[Row]) -> Outcome<String> {
    let head = ["what", "official", "ours", "ratio", "bar", "met?", "others"];
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let widths: [usize; 7] = std::array::from_fn(|column| {
        let cells = lines.iter().map(|cells| cells[column].chars().count());
        cells.max().unwrap_or(0)
    });
    let mut text = String::new();
    for (index, cells) in lines.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            // Words to the left, figures to the right.
            match column {
                0 => write!(text, "| {cell:<0$} ", widths[column])?,
                _ => write!(text, "| {cell:>0$} ", widths[column])?,
            }
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let end = if column == 0 { "-" } else { ":" };
                write!(text, "|{}{end}", "-".repeat(width + 1))?;
            }
            text.push_str("|\n");
        }
    }
    writeln!(text, "\n{}", place()?)?;
    Ok(text)
}

/// The machine, the compiler and the date, and what the last column is.
fn place() -> Outcome<String> {
    let machine = machine()?;
    Ok(format!(
        "{machine}. \"others\": the part of the machine that other processes took meanwhile."
    ))
}

/// The machine, the compiler and the date.
pub(crate) fn machine() -> Outcome<String> {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(": "));
    let model = model.map_or("unknown processor", |(_, name)| name);
    let cores = std::thread::available_parallelism()?;
    Ok(format!(
        "{cores} cores, {model}; {}; {}",
        said(Command::new("rustc").arg("--version"))?,
        said(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]))?,
    ))
}

fn said(command: &mut Command) -> Outcome<String> {
    Ok(String::from_utf8(command.output()?.stdout)?
        .trim()
        .to_owned())
}
