//! Paginators: the trait `smithy.api#paginated` of an operation, merged with that of its service.

use super::jmespath::{Expression, Step};
use super::{Cx, path};
use crate::api::{Field, Paginator, Path, PathStep, Record, Ty, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::{Shape, Span};
use crate::names::Name;

/// The paginator of an operation; `None` where it has none, or where it cannot be printed, which is reported.
pub(super) fn paginator(
    cx: &mut Cx<'_, '_>,
    operation: &Shape,
    input: &Record,
    output: &Record,
    (name, items_name): (Name, Name),
    types: &[Type],
) -> Option<Paginator> {
    let own = operation.traits.find("smithy.api#paginated")?;
    let shared = cx.service.traits.get("smithy.api#paginated");
    let setting = |key: &str| {
        own.value
            .get(key)
            .or_else(|| shared?.get(key))
            .and_then(|node| node.as_str())
    };
    let mut parts = Parts {
        cx,
        operation,
        span: own.span,
        types,
    };
    let input_token = parts.field("inputToken", setting("inputToken"), input);
    let output_token = parts.path("outputToken", setting("outputToken"), output);
    let items = setting("items").map(|path| parts.path("items", Some(path), output));
    let page_size = setting("pageSize").map(|name| parts.field("pageSize", Some(name), input));
    let (input_token, output_token) = (input_token?, output_token?);
    if input_token.ty != output_token.ty {
        parts.refuse("the token of the output is of another type than that of the input");
        return None;
    }
    let items = items.unwrap_or(None).filter(|items| parts.is_listed(items));
    Some(Paginator {
        name,
        items_name,
        input_token,
        output_token,
        items,
        page_size: page_size.flatten(),
    })
}

struct Parts<'a, 'm, 'd> {
    cx: &'a mut Cx<'m, 'd>,
    operation: &'a Shape,
    span: Span,
    types: &'a [Type],
}

impl Parts<'_, '_, '_> {
    fn field(&mut self, key: &str, name: Option<&str>, input: &Record) -> Option<Field> {
        let Some(name) = name else {
            self.refuse(&format!(
                "neither the operation nor the service says `{key}`"
            ));
            return None;
        };
        let field = input.fields.iter().find(|field| field.wire == name);
        if field.is_none() {
            self.refuse(&format!(
                "`{key}` names the member `{name}`, which the input does not have"
            ));
        }
        field.cloned()
    }

    /// A path of names with dots between them.
    fn path(&mut self, key: &str, text: Option<&str>, output: &Record) -> Option<Path> {
        let Some(text) = text else {
            self.refuse(&format!(
                "neither the operation nor the service says `{key}`"
            ));
            return None;
        };
        let steps = text
            .split('.')
            .map(|name| Step::Field(name.to_owned()))
            .list();
        match path::resolve(&Expression { steps }, output, self.types) {
            Ok(path) => Some(path),
            Err(error) => {
                self.refuse(&format!("`{key}` is `{text}`: {error}"));
                None
            }
        }
    }

    /// Whether items are something that can be gone through one by one.
    fn is_listed(&mut self, items: &Path) -> bool {
        let listed = matches!(items.ty, Ty::List { .. } | Ty::Map { .. });
        if !listed {
            let last = items.steps.iter().rev().find_map(|step| match step {
                PathStep::Field { name, .. } => Some(name.plain().to_owned()),
                _ => None,
            });
            self.refuse(&format!(
                "`items` leads to `{}`, which is neither a list nor a map",
                last.unwrap_or_default()
            ));
        }
        listed
    }

    fn refuse(&mut self, message: &str) {
        let help = "correct the trait `smithy.api#paginated`, with an overlay where the model is not yours";
        let diagnostic = Diagnostic::error(Code::BadPaginator, message).help(help);
        self.cx.report(diagnostic, &self.operation.id, self.span);
    }
}
