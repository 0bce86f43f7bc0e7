//! Generating without a disk, for tests and tools.

use crate::error::Error;
use crate::generate::Generator;
use crate::model::Source;
use crate::output::{self, Form};

impl Generator {
    /// What [`module_file`](Generator::module_file) would write, below its header, of a model that is in memory. The generator says which
    /// service and which operations; its files are not read, and nothing is written.
    ///
    /// # Errors
    ///
    /// When the model has faults; they are told as of a file `model.json`.
    pub fn module_of(&self, model: impl Into<Vec<u8>>) -> Result<String, Error> {
        let sources = vec![Source::model("model.json", Ok(model.into()))];
        let made = crate::make(self, sources, Form::Module)?;
        Ok(output::module_body(&made.printed))
    }
}
