//! Changes: what they are, where they come from, how severe they are.

use std::fmt;

use super::side::Spot;
use crate::diagnostic::Place;

/// How much a change asks of the next version of the client; a later one outweighs those before it.
///
/// As [Cargo](https://doc.rust-lang.org/cargo/reference/semver.html) and [SemVer](https://semver.org) have it, for versions
/// from 1.0 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No public item comes, goes, or is another one; documentation or behaviour changes.
    Patch,
    /// There is more than before, or something is deprecated; what compiled still does.
    Minor,
    /// Code that compiled may not do so any more.
    Major,
}

impl Severity {
    /// Its name: `patch`, `minor` or `major`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Patch => "patch",
            Severity::Minor => "minor",
            Severity::Major => "major",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What sort of change it is, which decides how severe it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Major: a public item is gone.
    Removed,
    /// Major: an item has another type or signature.
    Retyped,
    /// Minor: a public item is new.
    Added,
    /// Minor: an item is not to be used any more, and the compiler says so to those who do.
    Deprecated,
    /// Patch: an item may be used again, or the reason why not has changed.
    Undeprecated,
    /// Patch: the documentation has changed.
    Documentation,
    /// Patch: `Debug` hides a value, or shows it.
    Sensitivity,
    /// Patch: whether the service wants a member that is an `Option`, or who fills it.
    Requirement,
    /// Patch: what stands for a member that is not set.
    Default,
    /// Patch: what is asked of values, which only `validate_input` checks.
    Constraint,
    /// Patch: what goes over the wire for the same Rust.
    Wire,
    /// Patch: where calls go.
    Endpoint,
    /// Patch: how calls are signed.
    Signing,
    /// Patch: which errors are retried.
    Retry,
    /// Patch: how pages follow each other.
    Pagination,
    /// Patch: what ends a wait, and how often is asked.
    Waiting,
    /// Patch: what the service calls itself.
    Service,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 17] = [
        Kind::Removed,
        Kind::Retyped,
        Kind::Added,
        Kind::Deprecated,
        Kind::Undeprecated,
        Kind::Documentation,
        Kind::Sensitivity,
        Kind::Requirement,
        Kind::Default,
        Kind::Constraint,
        Kind::Wire,
        Kind::Endpoint,
        Kind::Signing,
        Kind::Retry,
        Kind::Pagination,
        Kind::Waiting,
        Kind::Service,
    ];

    /// How severe changes of this kind are.
    pub fn severity(self) -> Severity {
        match self {
            Kind::Removed | Kind::Retyped => Severity::Major,
            Kind::Added | Kind::Deprecated => Severity::Minor,
            _ => Severity::Patch,
        }
    }

    /// Its name, such as `added`; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Removed => "removed",
            Kind::Retyped => "retyped",
            Kind::Added => "added",
            Kind::Deprecated => "deprecated",
            Kind::Undeprecated => "undeprecated",
            Kind::Documentation => "documentation",
            Kind::Sensitivity => "sensitivity",
            Kind::Requirement => "requirement",
            Kind::Default => "default",
            Kind::Constraint => "constraint",
            Kind::Wire => "wire",
            Kind::Endpoint => "endpoint",
            Kind::Signing => "signing",
            Kind::Retry => "retry",
            Kind::Pagination => "pagination",
            Kind::Waiting => "waiting",
            Kind::Service => "service",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What sort of change it is.
    pub kind: Kind,
    /// The path of the Rust item in the client, such as `operation::create_key::CreateKeyInput::tags`; `crate` for the client as
    /// a whole.
    pub item: String,
    /// Where the old model has what the item is made from; none where it has nothing like it.
    pub old: Option<Address>,
    /// The same of the new model.
    pub new: Option<Address>,
    /// What has changed: one sentence, in Markdown.
    pub sentence: String,
}

impl Change {
    /// How severe it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

/// A place in a model file, and the shape or the member that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Address {
    /// The place.
    pub place: Place,
    /// The shape or the member, such as `com.amazonaws.kms#Tag$TagKey`.
    pub shape: String,
}

/// Displayed as `kms.json:12:8 (com.amazonaws.kms#Tag$TagKey)`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.place, self.shape)
    }
}

/// An item, and what it is made from on either side.
#[derive(Debug, Clone)]
pub(super) struct Subject<'m> {
    pub(super) item: String,
    pub(super) old: Option<Spot<'m>>,
    pub(super) new: Option<Spot<'m>>,
}

impl<'m> Subject<'m> {
    /// The item of a path inside this one; it is made from the same.
    pub(super) fn inside(&self, name: &str) -> Subject<'m> {
        self.called(format!("{}::{name}", self.item))
    }

    /// Another item that is made from the same.
    pub(super) fn called(&self, item: String) -> Subject<'m> {
        Subject {
            item,
            ..self.clone()
        }
    }
}

/// The changes so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    list: Vec<Change>,
}

impl Found {
    /// Adds a change, at the places where the shapes are named.
    pub(super) fn push(&mut self, kind: Kind, subject: &Subject<'_>, sentence: impl Into<String>) {
        self.list.push(Change {
            kind,
            item: subject.item.clone(),
            old: subject
                .old
                .filter(|_| kind != Kind::Added)
                .map(Spot::address),
            new: subject
                .new
                .filter(|_| kind != Kind::Removed)
                .map(Spot::address),
            sentence: sentence.into(),
        });
    }

    /// Adds a change that comes from a trait, at the places where that stands.
    pub(super) fn push_at(
        &mut self,
        id: &str,
        kind: Kind,
        subject: &Subject<'_>,
        sentence: impl Into<String>,
    ) {
        let subject = Subject {
            item: subject.item.clone(),
            old: subject.old.map(|spot| spot.at(id)),
            new: subject.new.map(|spot| spot.at(id)),
        };
        self.push(kind, &subject, sentence);
    }

    /// Adds that an item is there under another path.
    pub(super) fn renamed(&mut self, subject: &Subject<'_>, old: String, new: String) {
        if old != new {
            self.push(
                Kind::Removed,
                &subject.called(old.clone()),
                format!("It is `{new}` now."),
            );
            self.push(
                Kind::Added,
                &subject.called(new),
                format!("It was `{old}`."),
            );
        }
    }

    /// The most severe first and documentation, of which there may be much, last; else in their order.
    pub(super) fn sorted(mut self) -> Vec<Change> {
        self.list.sort_by_key(|change| {
            let is_documentation = change.kind == Kind::Documentation;
            (std::cmp::Reverse(change.severity()), is_documentation)
        });
        self.list
    }
}
