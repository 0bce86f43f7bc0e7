//! Whether the traits that reach generated code have the form and the place that Smithy gives them.
//!
//! What a model says in traits that are not listed here is nobody's concern, or that of the stage that reads them.

mod form;
mod place;
mod values;

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::model::draft::{Draft, Reporter};
use crate::model::{Member, Shape, ShapeId, Trait};
use form::Form;
use place::Place;

const MARK: Form = Form::Object(&[]);
const STRINGS: Form = Form::Array(&Form::String);
const OBJECTS: Form = Form::Array(&MARK);
const OBJECT_MAP: Form = Form::Map(&MARK);

/// The traits that are checked, with the form and the place of each; sorted by id.
///
/// See the [trait index](https://smithy.io/2.0/trait-index.html).
const TRAITS: &[(&str, Form, Place)] = &[
    (
        "aws.api#clientDiscoveredEndpoint",
        Form::Object(&[("required", Form::Boolean, false)]),
        Place::Operation,
    ),
    (
        "aws.api#clientEndpointDiscovery",
        Form::Object(&[
            ("operation", Form::ShapeId, true),
            ("error", Form::ShapeId, false),
        ]),
        Place::Service,
    ),
    (
        "aws.api#service",
        Form::Object(&[
            ("sdkId", Form::String, true),
            ("endpointPrefix", Form::String, false),
        ]),
        Place::Service,
    ),
    (
        "aws.auth#sigv4",
        Form::Object(&[("name", Form::String, true)]),
        Place::Service,
    ),
    ("aws.protocols#awsJson1_0", MARK, Place::Service),
    ("aws.protocols#awsJson1_1", MARK, Place::Service),
    ("aws.protocols#awsQueryCompatible", MARK, Place::Service),
    (
        "aws.protocols#awsQueryError",
        Form::Object(&[
            ("code", Form::String, true),
            ("httpResponseCode", Form::Whole, true),
        ]),
        Place::Fault,
    ),
    ("aws.protocols#httpChecksum", MARK, Place::Operation),
    ("smithy.api#addedDefault", MARK, Place::StructureMember),
    (
        "smithy.api#auth",
        Form::Array(&Form::ShapeId),
        Place::ServiceOrOperation,
    ),
    ("smithy.api#clientOptional", MARK, Place::StructureMember),
    ("smithy.api#default", Form::Any, Place::Values),
    (
        "smithy.api#deprecated",
        Form::Object(&[
            ("message", Form::String, false),
            ("since", Form::String, false),
        ]),
        Place::Anywhere,
    ),
    ("smithy.api#documentation", Form::String, Place::Anywhere),
    (
        "smithy.api#endpoint",
        Form::Object(&[("hostPrefix", Form::String, true)]),
        Place::Operation,
    ),
    (
        "smithy.api#enum",
        Form::Array(&Form::Object(&[
            ("value", Form::String, true),
            ("name", Form::String, false),
            ("documentation", Form::String, false),
            ("deprecated", Form::Boolean, false),
        ])),
        Place::Strings,
    ),
    ("smithy.api#enumValue", Form::Any, Place::EnumMember),
    (
        "smithy.api#error",
        Form::OneOf(&["client", "server"]),
        Place::Structure,
    ),
    (
        "smithy.api#examples",
        Form::Array(&Form::Object(&[("title", Form::String, true)])),
        Place::Operation,
    ),
    (
        "smithy.api#externalDocumentation",
        Form::Map(&Form::String),
        Place::Anywhere,
    ),
    ("smithy.api#hostLabel", MARK, Place::StringMember),
    ("smithy.api#httpChecksumRequired", MARK, Place::Operation),
    ("smithy.api#httpError", Form::Whole, Place::Fault),
    ("smithy.api#idempotencyToken", MARK, Place::StringMember),
    ("smithy.api#idempotent", MARK, Place::Operation),
    ("smithy.api#input", MARK, Place::Structure),
    ("smithy.api#jsonName", Form::String, Place::FieldMember),
    (
        "smithy.api#length",
        Form::Object(&[("min", Form::Whole, false), ("max", Form::Whole, false)]),
        Place::Lengths,
    ),
    ("smithy.api#mediaType", Form::String, Place::Values),
    (
        "smithy.api#mixin",
        Form::Object(&[("localTraits", STRINGS, false)]),
        Place::Anywhere,
    ),
    ("smithy.api#optionalAuth", MARK, Place::Operation),
    ("smithy.api#output", MARK, Place::Structure),
    (
        "smithy.api#paginated",
        Form::Object(&[
            ("inputToken", Form::String, false),
            ("outputToken", Form::String, false),
            ("items", Form::String, false),
            ("pageSize", Form::String, false),
        ]),
        Place::ServiceOrOperation,
    ),
    ("smithy.api#pattern", Form::String, Place::Strings),
    (
        "smithy.api#range",
        Form::Object(&[("min", Form::Number, false), ("max", Form::Number, false)]),
        Place::Numbers,
    ),
    ("smithy.api#readonly", MARK, Place::Operation),
    ("smithy.api#references", OBJECTS, Place::Anywhere),
    (
        "smithy.api#requestCompression",
        Form::Object(&[("encodings", STRINGS, true)]),
        Place::Operation,
    ),
    ("smithy.api#required", MARK, Place::StructureMember),
    (
        "smithy.api#retryable",
        Form::Object(&[("throttling", Form::Boolean, false)]),
        Place::Fault,
    ),
    ("smithy.api#sensitive", MARK, Place::Values),
    ("smithy.api#sparse", MARK, Place::Collection),
    (
        "smithy.api#timestampFormat",
        Form::OneOf(&["date-time", "epoch-seconds", "http-date"]),
        Place::Timestamps,
    ),
    ("smithy.api#title", Form::String, Place::Anywhere),
    ("smithy.api#uniqueItems", MARK, Place::List),
    (
        "smithy.rules#clientContextParams",
        OBJECT_MAP,
        Place::Service,
    ),
    (
        "smithy.rules#contextParam",
        Form::Object(&[("name", Form::String, true)]),
        Place::StructureMember,
    ),
    ("smithy.rules#endpointBdd", MARK, Place::Service),
    ("smithy.rules#endpointRuleSet", MARK, Place::Service),
    ("smithy.rules#endpointTests", MARK, Place::Service),
    (
        "smithy.rules#operationContextParams",
        OBJECT_MAP,
        Place::Operation,
    ),
    (
        "smithy.rules#staticContextParams",
        OBJECT_MAP,
        Place::Operation,
    ),
    ("smithy.test#httpRequestTests", OBJECTS, Place::Anywhere),
    ("smithy.test#httpResponseTests", OBJECTS, Place::Anywhere),
    ("smithy.waiters#waitable", OBJECT_MAP, Place::Operation),
];

/// Checks the traits of every shape and member.
pub(in crate::model) fn check(draft: &Draft, reporter: &mut Reporter<'_>) {
    let forms: HashMap<&str, (Form, Place)> = TRAITS
        .iter()
        .map(|(id, form, place)| (*id, (*form, *place)))
        .collect();
    for shape in &draft.shapes {
        let bearers = [Bearer {
            shape,
            member: None,
        }]
        .into_iter();
        for bearer in bearers.chain(shape.members().map(|member| Bearer {
            shape,
            member: Some(member),
        })) {
            for one in bearer.traits() {
                if let Some((form, place)) = forms.get(one.id.as_str()) {
                    bearer.check(one, (*form, *place), draft, reporter);
                }
            }
        }
        values::of_shape(shape, reporter);
    }
}

/// What bears a trait.
#[derive(Clone, Copy)]
struct Bearer<'a> {
    shape: &'a Shape,
    member: Option<&'a Member>,
}

impl<'a> Bearer<'a> {
    fn id(&self) -> &'a ShapeId {
        self.member.map_or(&self.shape.id, |member| &member.id)
    }

    fn traits(&self) -> impl Iterator<Item = &'a Trait> {
        self.member
            .map_or(&self.shape.traits, |member| &member.traits)
            .iter()
    }

    fn check(
        &self,
        one: &Trait,
        wanted: (Form, Place),
        draft: &Draft,
        reporter: &mut Reporter<'_>,
    ) {
        let (form, place) = wanted;
        let value = match self.member {
            None => Some(self.shape),
            Some(member) => draft.shape(&member.target.id),
        };
        // Where the target does not exist, that has been said.
        let Some(value) = value else { return };
        if !place.holds(self, value) {
            let message = format!(
                "the trait `{}` belongs on {}, not here",
                one.id,
                place.words()
            );
            reporter.error(Code::BadTraitValue, self.id(), one.span, message);
            return;
        }
        let fault = form::fault(&one.value, form).or_else(|| values::fault(one, value, draft));
        if let Some((node, message)) = fault {
            let message = format!("the trait `{}` is not valid: {message}", one.id);
            reporter.error(Code::BadTraitValue, self.id(), node.span, message);
        }
    }
}
