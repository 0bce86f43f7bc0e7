//! The rows with two sides as a chart: how many times less each of ours is.

use std::fmt::Write as _;

use crate::Outcome;
use crate::table::{self, Row};

const WIDTH: f64 = 900.0;
/// Where the bars start, and how long the longest is.
const LEFT: f64 = 380.0;
const LONGEST: f64 = 330.0;
const LINE: f64 = 26.0;
const TOP: f64 = 52.0;

/// An SVG of the rows that have an official figure: on a scale of powers of ten, as ratios lie between 2 and 100.
///
/// # Errors
///
/// When the machine cannot be told.
pub(crate) fn draw(rows: &[Row]) -> Outcome<String> {
    let rows: Vec<(&Row, f64)> = rows
        .iter()
        .filter_map(|row| Some((row, row.ratio()?)))
        .collect();
    let most = rows.iter().map(|(_, ratio)| *ratio).fold(10.0, f64::max);
    let length = |ratio: f64| LONGEST * ratio.max(1.0).ln() / most.ln();
    let height = TOP + LINE * rows.len() as f64 + 40.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"16\" y=\"28\" font-size=\"17\">How many times less than with the official crate (logarithmic)</text>\n"
    );
    for (index, (row, ratio)) in rows.iter().enumerate() {
        let y = TOP + LINE * index as f64;
        let (text, end) = (y + 15.0, LEFT + length(*ratio));
        let [what, official, ours, ..] = row.cells().map(|cell| escaped(&cell));
        writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{text:.0}\" text-anchor=\"end\">{what}</text>\n\
             <rect x=\"{LEFT}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"19\" fill=\"#3b6ea5\"/>\n\
             <text x=\"{:.1}\" y=\"{text:.0}\">{ratio:.1} ({official} : {ours})</text>",
            LEFT - 10.0,
            length(*ratio),
            end + 8.0
        )?;
    }
    let place = escaped(&table::machine()?);
    let y = height - 14.0;
    writeln!(
        svg,
        "<text x=\"16\" y=\"{y:.0}\" fill=\"#555\" font-size=\"11\">{place}</text>\n</svg>"
    )?;
    Ok(svg)
}

fn escaped(text: &str) -> String {
    let text = text.replace('`', "").replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
