//! `farrier explain`: what a code means, with an example of what is wrong and what to do.

use clap::Args;
use farrier::Code;

use crate::Outcome;
use crate::print::print;
use crate::report::{Kind, Problem, Style};

#[derive(Debug, Args)]
pub(crate) struct Which {
    /// A code, such as FA0030 [default: lists all of them]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Declares the explanations: a file for each code.
macro_rules! explanations {
    ($($code:literal)*) => {
        /// Every code with its explanation, in Markdown.
        const EXPLANATIONS: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../explanations/", $code, ".md"))),)*];
    };
}

explanations! {
    "FA0001" "FA0002" "FA0003" "FA0004" "FA0005" "FA0006" "FA0007" "FA0008" "FA0009" "FA0010" "FA0011" "FA0012"
    "FA0020" "FA0021" "FA0022" "FA0023" "FA0024" "FA0025" "FA0026"
    "FA0030" "FA0031" "FA0032" "FA0033" "FA0034" "FA0035" "FA0036" "FA0037" "FA0038"
    "FA0100" "FA0101" "FA0102" "FA0103" "FA0104" "FA0105" "FA0106" "FA0107" "FA0108" "FA0109" "FA0110" "FA0111" "FA0112"
    "FA0113"
    "FA0200" "FA0201" "FA0202" "FA0203" "FA0204" "FA0205" "FA0206" "FA0207" "FA0208" "FA0209"
    "FA0300" "FA0301" "FA0302" "FA0303" "FA0304" "FA0305" "FA0306" "FA0399"
}

pub(crate) fn run(which: &Which, style: Style) -> Outcome {
    let text = match &which.code {
        None => list(),
        Some(code) => match explanation(code) {
            Some(text) => text.to_owned(),
            None => {
                style.show(vec![unknown(code)]);
                return Outcome::Bad;
            }
        },
    };
    print(text, Outcome::Good, style)
}

/// The explanation of a code, which may be written without its letters and zeros.
fn explanation(code: &str) -> Option<&'static str> {
    let digits = code
        .trim_start_matches(|c: char| c.eq_ignore_ascii_case(&'f') || c.eq_ignore_ascii_case(&'a'));
    let name = format!("FA{:04}", digits.parse::<u16>().ok()?);
    let found = EXPLANATIONS.iter().find(|(code, _)| *code == name)?;
    Some(found.1)
}

fn unknown(code: &str) -> Problem {
    let message = format!("there is no code `{code}`");
    Problem::new(Kind::UnknownCode, message).help("`farrier explain` lists all codes")
}

/// What to do about a code, in one sentence: the first that its explanation says of it.
pub(crate) fn help(code: &str) -> Option<String> {
    let (_, advice) = explanation(code)?.split_once("\n## What to do\n\n")?;
    let advice = advice.trim_end().replace('\n', " ") + " ";
    let sentence = advice.split_once(". ")?.0;
    let mut letters = sentence.chars();
    let first = letters.next()?.to_ascii_lowercase();
    Some(format!("{first}{}", letters.as_str()))
}

/// Every code and its title.
fn titles() -> Vec<(String, &'static str)> {
    let read = Code::ALL
        .iter()
        .map(|code| (code.to_string(), code.title()));
    let own = Kind::ALL
        .iter()
        .map(|kind| (kind.to_string(), kind.title()));
    read.chain(own).collect()
}

fn list() -> String {
    let lines = titles().into_iter();
    lines
        .map(|(code, title)| format!("{code}  {title}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{EXPLANATIONS, explanation, help, titles};

    #[test]
    fn every_code_is_explained() {
        let explained: Vec<&str> = EXPLANATIONS.iter().map(|(code, _)| *code).collect();
        let titles = titles();
        let codes: Vec<&str> = titles.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(explained, codes);
        for ((code, title), (_, text)) in titles.iter().zip(EXPLANATIONS) {
            assert!(
                text.starts_with(&format!("# {code}: {title}\n\n")),
                "{code}: {title}"
            );
            assert!(text.contains("\n## Example\n\n"), "{code}");
            let help = help(code).unwrap_or_default();
            assert!(
                (10..200).contains(&help.len()) && !help.contains('['),
                "{code}: {help}"
            );
        }
    }

    #[test]
    fn codes_may_be_abbreviated() {
        let whole = explanation("FA0012");
        assert!(whole.is_some());
        for code in ["fa0012", "12", "0012", "FA12"] {
            assert_eq!(explanation(code), whole, "{code}");
        }
        for code in ["", "FA", "FA0000", "FA00012x", "-12"] {
            assert_eq!(explanation(code), None, "{code}");
        }
    }
}
