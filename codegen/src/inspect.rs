//! What is in a model and what becomes of it, for people who look at it: the service at a glance, the tree of an
//! operation, a picture of what reaches what.
//!
//! [`Generator::inspect`] is where to start. Nothing is printed to Rust on the way, so that it takes milliseconds. Behind
//! the feature `tools`, which the command turns on and build scripts have no use for.

mod glance;
mod graph;
mod tree;

pub use crate::lower::Treatment;
pub use glance::{Coverage, Operation, Service, Share, TraitUse};
pub use graph::{Edge, Graph, Link, Node, NodeKind};
pub use tree::{Ending, OperationTree, Tree};

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::generate::Generator;
use crate::lower::{self, Selection};
use crate::model::Model;

/// A model that was read, and what would be printed of it.
///
/// ```no_run
/// # fn main() -> Result<(), farrier::Error> {
/// let inspection = farrier::Generator::new().model("models/kms.json").inspect()?;
/// for operation in inspection.operations() {
///     println!("{} reaches {} shapes", operation.name, operation.shapes);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Inspection {
    model: Model,
    selection: Selection,
    /// What is shown of the operations, those too that are not printed; none where the service cannot be printed.
    api: Option<Api>,
    printable: bool,
    service: Service,
    operations: Vec<Operation>,
    traits: Vec<TraitUse>,
    coverage: Coverage,
    diagnostics: Diagnostics,
}

impl Generator {
    /// Reads the model and says what is in it, of the service and the operations that are asked for. Where the output
    /// would go does not matter.
    ///
    /// A service that cannot be printed can be looked at all the same; [`Inspection::diagnostics`] says what is in the way.
    ///
    /// # Errors
    ///
    /// When no model is given, when the files have faults, and when there is no such service or operation.
    pub fn inspect(&self) -> Result<Inspection, Error> {
        let sources = self.sources();
        if sources.is_empty() {
            return Err(Error::Settings("no model is given".to_owned()));
        }
        let selection = Selection {
            service: self.service.clone(),
            operations: self.operations.clone(),
            validates: false,
            lenient: false,
            streams: true,
        };
        let mut diagnostics = Diagnostics::new();
        let model = Model::read(sources, &mut diagnostics);
        let mut choice = Diagnostics::new();
        let glance = model
            .as_ref()
            .and_then(|model| glance::of(model, &selection, &mut choice));
        let (Some(model), Some(glance), false) = (model, glance, choice.has_errors()) else {
            diagnostics.extend(choice);
            diagnostics.sort();
            return Err(Error::Input(diagnostics));
        };
        // It makes the same choice, and says the same about it; but for streams, which are not printed.
        let printed = Selection {
            streams: false,
            ..selection.clone()
        };
        let api = lower::lower(&model, &printed, &mut diagnostics);
        diagnostics.sort();
        let printable = api.is_some();
        let api = api.or_else(|| lower::lower(&model, &selection, &mut Diagnostics::new()));
        let mut inspection = Inspection {
            model,
            selection,
            api,
            printable,
            service: glance.service,
            operations: glance.operations,
            traits: glance.traits,
            coverage: glance.coverage,
            diagnostics,
        };
        inspection.note_demands();
        Ok(inspection)
    }
}

impl Inspection {
    /// The service.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The operations that were asked for, in the order of the model.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The traits on the service, the operations and all that they reach, in the order of their ids.
    pub fn traits(&self) -> &[TraitUse] {
        &self.traits
    }

    /// How much of what would be printed the model documents.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Whether a client can be printed of the operations that were asked for.
    pub fn is_printable(&self) -> bool {
        self.printable
    }

    /// What [`Generator::generate`] would say about the model.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// What the operation of this name in the model takes, answers and fails with, as Rust. `None` where there is no such
    /// operation, and where the service cannot be printed; of an operation with a stream, which is not, there is one.
    pub fn tree(&self, operation: &str) -> Option<OperationTree> {
        let service = self.model.shape(&self.service.id)?;
        tree::of(&self.model, service, self.api.as_ref()?, operation)
    }

    /// Which types the operations reach. `None` where there are no trees either.
    pub fn graph(&self) -> Option<Graph> {
        self.api.as_ref().map(graph::of)
    }

    /// Whether some operations were chosen by name.
    pub fn is_part(&self) -> bool {
        !self.selection.operations.is_empty()
    }

    /// Takes over from what is printed what calls need beyond a signature.
    fn note_demands(&mut self) {
        let Some(api) = &self.api else { return };
        for operation in &mut self.operations {
            let printed = api.operations.iter().find(|one| one.wire == operation.name);
            operation
                .notes
                .extend(printed.into_iter().flat_map(glance::demands));
        }
    }
}
