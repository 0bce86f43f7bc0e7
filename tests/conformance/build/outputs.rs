//! Prints what each operation gives, as tables from which answers are made at random.

use crate::model::Model;
use crate::shapes;
use std::fmt::Write;

pub(crate) fn print(model: &Model) -> String {
    let operations = model.operations();
    let outputs = operations.iter().filter_map(|operation| operation.output);
    let mut text = shapes::print(model, outputs);
    text.push_str("\n/// What each operation gives.\nstatic OUTPUTS: &[(&str, &Shape)] = &[\n");
    for operation in &operations {
        let output = match operation.output {
            Some(output) => shapes::name(output),
            None => "Shape::Structure(&[])".to_owned(),
        };
        writeln!(text, "({:?}, &{output}),", operation.name).expect("a string takes all");
    }
    text.push_str("];\n");
    text
}
