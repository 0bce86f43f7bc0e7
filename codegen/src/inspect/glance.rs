//! The service at a glance, as the model has it.

use std::collections::BTreeMap;

use crate::api::{self, Address, Auth};
use crate::diagnostic::Diagnostics;
use crate::lower::{self, Closure, Selection, Treatment, enum_values};
use crate::model::{Model, Shape, ShapeKind, Traits};

const DOCUMENTATION: &str = "smithy.api#documentation";

/// What is known of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// Its shape id, such as `com.amazonaws.kms#TrentService`.
    pub id: String,
    /// Its name for people, such as `AWS Key Management Service`.
    pub title: String,
    /// The version of its API, such as `2014-11-01`; empty where it has none.
    pub version: String,
    /// The protocols that it has, by the short names of their traits, in the order of the model.
    pub protocols: Vec<String>,
    /// The protocol that the printed client speaks; none where it speaks none of them.
    pub spoken: Option<String>,
    /// The ways to prove who calls that it has, by the short names of their traits, in the order of the model.
    pub auth: Vec<String>,
    /// The name that signatures carry, such as `kms`, where they do.
    pub signing_name: Option<String>,
    /// What endpoints follow from: the short names of the traits with rules, in the order of the model.
    pub endpoints: Vec<String>,
    /// How many operations it has, with those that were not asked for.
    pub operations: usize,
    /// How many shapes the files have, those of Smithy's prelude aside.
    pub shapes: usize,
    /// How many of them the operations that were asked for reach, themselves included.
    pub reached: usize,
    /// How many structures among them become types; inputs, outputs and errors aside.
    pub structures: usize,
    /// How many unions.
    pub unions: usize,
    /// How many enums of strings.
    pub enums: usize,
    /// How many errors.
    pub errors: usize,
}

/// What is known of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Its name in the model, such as `DisconnectCustomKeyStore`.
    pub name: String,
    /// How many shapes of the model it reaches: itself, its input, output and errors, and all that these hold.
    pub shapes: usize,
    /// How many members its input has.
    pub input: usize,
    /// How many members its output has.
    pub output: usize,
    /// How many errors it can fail with, those of the service included.
    pub errors: usize,
    /// Whether its answers come in pages.
    pub paginated: bool,
    /// The names of its waiters.
    pub waiters: Vec<String>,
    /// Whether it is not to be used any more.
    pub deprecated: bool,
    /// The shape id of the stream that it sends or receives, for which it is not printed.
    pub stream: Option<String>,
    /// What its calls need or lack beside others, such as `unsigned`; empty where the client cannot be printed.
    pub notes: Vec<&'static str>,
}

/// How often a trait is used, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraitUse {
    /// Its shape id, such as `smithy.api#length`.
    pub id: String,
    /// How many shapes and members have it.
    pub count: usize,
    /// What becomes of it.
    pub treatment: Treatment,
}

/// How much of something is documented.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// How many have a documentation that is not empty.
    pub documented: usize,
    /// How many there are.
    pub all: usize,
}

/// How much of what would be printed the model documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The service and its operations.
    pub operations: Share,
    /// Structures, unions, enums and errors; inputs and outputs aside, of which the operation says what they are.
    pub types: Share,
    /// Members of structures, unions and errors, with those of inputs and outputs.
    pub members: Share,
    /// Values of enums.
    pub values: Share,
}

impl Share {
    fn note(&mut self, text: Option<&str>) {
        self.all += 1;
        self.documented += usize::from(text.is_some_and(|text| !text.trim().is_empty()));
    }
}

/// All of it.
pub(super) struct Glance {
    pub(super) service: Service,
    pub(super) operations: Vec<Operation>,
    pub(super) traits: Vec<TraitUse>,
    pub(super) coverage: Coverage,
}

/// Looks at what was chosen; `None` where there is no such service.
pub(super) fn of(
    model: &Model,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Glance> {
    let (service, chosen, closure) = lower::choose(model, selection, diagnostics)?;
    let reached = Reached::of(model, service, &chosen, &closure);
    Some(Glance {
        operations: chosen
            .iter()
            .map(|shape| operation(model, service, shape))
            .collect(),
        traits: reached.traits(),
        coverage: reached.coverage(),
        service: self::service(model, service, &closure, closure.size(model, &chosen)),
    })
}

fn service(model: &Model, shape: &Shape, closure: &Closure<'_>, reached: usize) -> Service {
    let names = |is: fn(&str) -> bool| -> Vec<String> {
        let ids = shape.traits.iter().map(|one| &one.id);
        ids.filter(|id| is(id.as_str()))
            .map(|id| id.name().to_owned())
            .collect()
    };
    let types = || closure.types().map(|(shape, _)| shape);
    let count = |is: fn(&ShapeKind) -> bool| types().filter(|shape| is(&shape.kind)).count();
    let structures = count(|kind| matches!(kind, ShapeKind::Structure { .. }));
    let unions = count(|kind| matches!(kind, ShapeKind::Union { .. }));
    let sdk = shape.traits.get("aws.api#service");
    let sdk_id = sdk.and_then(|node| node.get("sdkId")?.as_str());
    let signing = shape.traits.get("aws.auth#sigv4");
    Service {
        id: shape.id.to_string(),
        title: shape
            .traits
            .str("smithy.api#title")
            .or(sdk_id)
            .unwrap_or(shape.id.name())
            .to_owned(),
        version: shape
            .as_service()
            .map_or_else(String::new, |service| service.version.clone()),
        protocols: names(lower::is_protocol),
        spoken: lower::spoken_name(shape).map(str::to_owned),
        auth: names(lower::is_scheme),
        signing_name: signing
            .and_then(|node| node.get("name")?.as_str())
            .map(str::to_owned),
        endpoints: names(|id| {
            let rules = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
            rules.contains(&id) || id == "aws.api#clientEndpointDiscovery"
        }),
        operations: model.service_operations(shape).len(),
        shapes: model.shapes().count(),
        reached,
        structures,
        unions,
        enums: types().count() - structures - unions,
        errors: closure.errors.len(),
    }
}

fn operation(model: &Model, service: &Shape, shape: &Shape) -> Operation {
    let closure = Closure::of(model, service, &[shape]);
    let signature = shape.as_operation();
    let members = |end: Option<&crate::model::Reference>| {
        end.map_or(0, |end| model.target(end).members().count())
    };
    let waiters = shape.traits.get("smithy.waiters#waitable");
    let waiters = waiters.and_then(|node| node.as_object());
    Operation {
        name: shape.id.name().to_owned(),
        shapes: closure.size(model, &[shape]),
        input: members(signature.map(|signature| &signature.input)),
        output: members(signature.map(|signature| &signature.output)),
        errors: closure.errors.len(),
        paginated: shape.traits.has("smithy.api#paginated"),
        waiters: waiters
            .into_iter()
            .flat_map(|object| object.iter())
            .map(|(name, _)| name.to_owned())
            .collect(),
        deprecated: shape.traits.has("smithy.api#deprecated"),
        stream: lower::stream(model, shape).map(|stream| stream.id.to_string()),
        notes: Vec::new(),
    }
}

/// What the calls of an operation need or lack beside others.
pub(super) fn demands(operation: &api::Operation) -> impl Iterator<Item = &'static str> {
    let demands = operation.demands;
    let auth = match demands.auth {
        Auth::Signed => None,
        Auth::Optional => Some("signed where there are credentials"),
        Auth::Unsigned => Some("unsigned"),
    };
    let address = operation.address.as_ref().map(|address| match address {
        Address::HostPrefix(_) => "host prefix",
        Address::Endpoint(_) => "endpoint in the input",
        Address::Discovered { .. } => "discovered endpoint",
    });
    let others = [
        (demands.unsigned_payload, "unsigned payload"),
        (demands.checksum, "checksum"),
        (demands.compression, "compressed"),
        (operation.has_token(), "idempotency token"),
    ];
    let others = others
        .into_iter()
        .filter_map(|(has, note)| has.then_some(note));
    auth.into_iter().chain(address).chain(others)
}

/// The shapes that the chosen operations reach, each once, in the order of their ids.
struct Reached<'m> {
    service: &'m Shape,
    operations: &'m [&'m Shape],
    /// Inputs and outputs.
    ends: Vec<&'m Shape>,
    /// All else.
    values: Vec<&'m Shape>,
}

impl<'m> Reached<'m> {
    fn of(
        model: &'m Model,
        service: &'m Shape,
        operations: &'m [&'m Shape],
        closure: &Closure<'m>,
    ) -> Reached<'m> {
        let signatures = operations.iter().filter_map(|shape| shape.as_operation());
        let ends = signatures
            .flat_map(|operation| [&operation.input, &operation.output])
            .map(|reference| model.target(reference));
        let values = closure.shapes.iter().map(|(shape, _)| *shape);
        let values = values.chain(closure.errors.iter().copied());
        let mut reached = Reached {
            service,
            operations,
            ends: ends.collect(),
            values: values.collect(),
        };
        for list in [&mut reached.ends, &mut reached.values] {
            list.retain(|shape| shape.id.namespace() != "smithy.api");
            list.sort_by(|a, b| a.id.cmp(&b.id));
            list.dedup_by(|a, b| a.id == b.id);
        }
        // A structure that a member targets has a type beside the input.
        let values = &reached.values;
        let is_value = |shape: &&Shape| values.binary_search_by(|one| one.id.cmp(&shape.id));
        reached.ends.retain(|shape| is_value(shape).is_err());
        reached
    }

    /// Inputs, outputs and all else.
    fn shapes(&self) -> impl Iterator<Item = &'m Shape> {
        self.ends.iter().chain(&self.values).copied()
    }

    fn traits(&self) -> Vec<TraitUse> {
        let mut counts: BTreeMap<&str, (usize, Treatment)> = BTreeMap::new();
        let mut count = |traits: &'m Traits| {
            for one in traits.iter() {
                let entry = counts.entry(one.id.as_str());
                let entry = entry.or_insert_with(|| (0, lower::treatment(&one.id)));
                entry.0 += 1;
            }
        };
        count(&self.service.traits);
        self.operations
            .iter()
            .for_each(|shape| count(&shape.traits));
        for shape in self.shapes() {
            count(&shape.traits);
            shape.members().for_each(|member| count(&member.traits));
        }
        let uses = counts.into_iter().map(|(id, (count, treatment))| TraitUse {
            id: id.to_owned(),
            count,
            treatment,
        });
        uses.collect()
    }

    fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        coverage
            .operations
            .note(self.service.traits.str(DOCUMENTATION));
        for shape in self.operations {
            coverage.operations.note(shape.traits.str(DOCUMENTATION));
        }
        for shape in &self.values {
            if lower::is_type(shape) {
                coverage.types.note(shape.traits.str(DOCUMENTATION));
            }
        }
        for shape in self.shapes() {
            if lower::is_enum(shape) {
                for value in enum_values(shape) {
                    coverage.values.note(value.doc);
                }
                continue;
            }
            let has_fields = matches!(
                shape.kind,
                ShapeKind::Structure { .. } | ShapeKind::Union { .. }
            );
            if has_fields {
                for member in shape.members() {
                    coverage.members.note(member.traits.str(DOCUMENTATION));
                }
            }
        }
        coverage
    }
}
