//! How a builder is shown that holds the struct it builds.

use std::fmt::{self, Debug, Write};

/// Writes a builder as if the fields of what it holds were its own: the `Debug` of `built`, which begins with the first of
/// the names, with the second in its place.
///
/// # Errors
///
/// Where `f` cannot be written to.
pub fn debug_builder(
    f: &mut fmt::Formatter<'_>,
    [built_name, name]: [&str; 2],
    built: &dyn Debug,
) -> fmt::Result {
    f.write_str(name)?;
    let is_pretty = f.alternate();
    let mut rest = Rest {
        skipped: built_name.len(),
        to: f,
    };
    if is_pretty {
        write!(rest, "{built:#?}")
    } else {
        write!(rest, "{built:?}")
    }
}

/// Passes on what comes after so many bytes.
struct Rest<'a, 'f> {
    skipped: usize,
    to: &'a mut fmt::Formatter<'f>,
}

impl Write for Rest<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let skipped = self.skipped.min(text.len());
        self.skipped -= skipped;
        self.to.write_str(text.get(skipped..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::debug_builder;
    use std::fmt;

    #[derive(Debug)]
    #[expect(dead_code, reason = "shown")]
    struct Tag {
        key: Option<&'static str>,
    }

    struct TagBuilder(Tag);

    impl fmt::Debug for TagBuilder {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            debug_builder(f, ["Tag", "TagBuilder"], &self.0)
        }
    }

    #[test]
    fn fields_are_shown_as_those_of_the_builder() {
        let builder = Some(TagBuilder(Tag { key: Some("a") }));
        let shown = format!("{builder:?}");
        assert_eq!(shown, "Some(TagBuilder { key: Some(\"a\") })");
        let shown = format!("{builder:#?}");
        let pretty = "Some(\n    TagBuilder {\n        key: Some(\n            \"a\",\n        ),\n    },\n)";
        assert_eq!(shown, pretty);
    }
}
