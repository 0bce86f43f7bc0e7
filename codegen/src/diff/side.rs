//! One of the two clients: what would be printed, and the model it is made from.

use std::collections::HashSet;

use super::Address;
use super::change::Subject;
use crate::api::{Api, Operation};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::generate::Generator;
use crate::lower::{self, Origins, Selection};
use crate::model::{Files, Member, Model, Shape, ShapeId, Span, Traits};
use crate::names::Name;

/// A client and its model.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) model: Model,
    pub(super) api: Api,
    origins: Origins,
}

/// Something of a model that an item is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'m> {
    files: &'m Files,
    id: &'m ShapeId,
    pub(super) traits: &'m Traits,
    span: Span,
}

impl<'m> Spot<'m> {
    /// The same, where a trait of it stands, if it has that.
    pub(super) fn at(self, id: &str) -> Spot<'m> {
        let span = self.traits.find(id).map_or(self.span, |one| one.span);
        self.on(span)
    }

    /// The same at another place.
    pub(super) fn on(self, span: Span) -> Spot<'m> {
        Spot { span, ..self }
    }

    /// What tells it from others on the same side.
    pub(super) fn key(self) -> (Span, &'m ShapeId) {
        (self.span, self.id)
    }

    pub(super) fn address(self) -> Address {
        Address {
            place: self.files.place(self.span),
            shape: self.id.to_string(),
        }
    }
}

impl Side {
    pub(super) fn spot<'m>(&'m self, shape: &'m Shape) -> Spot<'m> {
        Spot {
            files: &self.model.files,
            id: &shape.id,
            traits: &shape.traits,
            span: shape.span,
        }
    }

    pub(super) fn member_spot<'m>(&'m self, member: &'m Member) -> Spot<'m> {
        Spot {
            files: &self.model.files,
            id: &member.id,
            traits: &member.traits,
            span: member.span,
        }
    }

    /// The service.
    pub(super) fn service(&self) -> Option<&Shape> {
        self.model.shape(&self.origins.service)
    }

    /// The shape of a type of the module `types`.
    pub(super) fn shape_of_type(&self, name: &Name) -> Option<&Shape> {
        self.model.shape(self.origins.types.get(name)?)
    }

    /// The shape of an error.
    pub(super) fn shape_of_fault(&self, name: &Name) -> Option<&Shape> {
        self.model.shape(self.origins.faults.get(name)?)
    }

    /// The shape of an operation.
    pub(super) fn shape_of(&self, operation: &Operation) -> Option<&Shape> {
        self.model
            .shape(self.origins.operations.get(&operation.module)?)
    }

    /// The shape of an operation's input.
    pub(super) fn input_of(&self, operation: &Operation) -> Option<&Shape> {
        let operation = self.shape_of(operation)?.as_operation()?;
        Some(self.model.target(&operation.input))
    }

    /// The shape of an operation's output.
    pub(super) fn output_of(&self, operation: &Operation) -> Option<&Shape> {
        let operation = self.shape_of(operation)?.as_operation()?;
        Some(self.model.target(&operation.output))
    }
}

/// The two shapes that an item is made from.
pub(super) type Shapes<'m> = [Option<&'m Shape>; 2];

/// An item that is made from a shape on either side.
pub(super) fn subject<'m>(
    item: String,
    (old, new): (&'m Side, &'m Side),
    [old_shape, new_shape]: Shapes<'m>,
) -> Subject<'m> {
    Subject {
        item,
        old: old_shape.map(|shape| old.spot(shape)),
        new: new_shape.map(|shape| new.spot(shape)),
    }
}

/// Both clients, and the warnings about the new one alone.
pub(super) fn both(old: &Generator, new: &Generator) -> Result<(Side, Side, Diagnostics), Error> {
    let (mut faults, mut warnings) = (Diagnostics::new(), Diagnostics::new());
    let (old_model, new_model) = (read(old, &mut faults)?, read(new, &mut warnings)?);
    if let (Some(old_model), Some(new_model)) = (old_model, new_model) {
        let (mut of_old, mut of_new) = (selection(old), selection(new));
        let has = |model: &Model, selection: &Selection, wish: &String| {
            !lower::unknown(model, selection).contains(wish)
        };
        let in_old = |wish: &String| has(&old_model, &of_old, wish);
        let in_new = |wish: &String| has(&new_model, &of_new, wish);
        // A mistaken name is told once, of the new model.
        let lenient = of_new
            .operations
            .iter()
            .all(|wish| in_old(wish) || in_new(wish));
        (of_old.lenient, of_new.lenient) = (true, lenient);
        let old = side(old_model, &of_old, &mut faults);
        let new = side(new_model, &of_new, &mut warnings);
        if let (Some(old), Some(new)) = (old, new) {
            return Ok((old, new, news(&faults, warnings)));
        }
    }
    faults.extend(warnings);
    faults.sort();
    Err(Error::Input(faults))
}

/// The warnings that are not about the old model too.
fn news(old: &Diagnostics, new: Diagnostics) -> Diagnostics {
    let key = |warning: &Diagnostic| (warning.shape.clone(), warning.message.clone());
    let known: HashSet<_> = old.iter().map(key).collect();
    let mut news = Diagnostics::new();
    news.extend(
        new.into_iter()
            .filter(|warning| !known.contains(&key(warning))),
    );
    news.sort();
    news
}

fn read(generator: &Generator, diagnostics: &mut Diagnostics) -> Result<Option<Model>, Error> {
    let sources = generator.sources();
    if sources.is_empty() {
        return Err(Error::Settings("no model is given".to_owned()));
    }
    Ok(Model::read(sources, diagnostics))
}

/// What a generator asks for, of a crate.
fn selection(generator: &Generator) -> Selection {
    Selection {
        service: generator.service.clone(),
        operations: generator.operations.clone(),
        lenient: false,
        streams: false,
        validates: true,
    }
}

fn side(model: Model, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Side> {
    let api = lower::lower(&model, selection, diagnostics)?;
    let origins = lower::origins(&model, selection)?;
    Some(Side {
        model,
        api,
        origins,
    })
}
