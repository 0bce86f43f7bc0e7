//! What an operation fills parameters of the endpoint rules with.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, endpoint, joined, template};
use crate::api::{ContextParam, ContextValue, Operation, Path, PathStep, Ty};

/// ```text
/// fn endpoint_params(input: &GetItemInput, params: &mut EndpointResolverParams) -> Result<(), BoxError> {
///     if let Some(params) = params.get_mut::<crate::config::endpoint::Params>() {
///         params.resource_arn = input.table_name.clone();      each parameter
///     }
///     Ok(())
/// }
/// ```
pub(super) fn endpoint_params(operation: &Operation) -> Option<TokenStream> {
    if operation.context.is_empty() {
        return None;
    }
    let name = &operation.input.name;
    let uses_input = operation
        .context
        .iter()
        .any(|param| !matches!(param.value, ContextValue::Static(_)));
    let input = if uses_input { quote!(input) } else { quote!(_) };
    let fields = joined(operation.context.iter().map(fill));
    let allow = doc::allow_deprecated(operation.context.iter().any(reads_deprecated));
    Some(template! { [allow, input, name, fields] =>
        #allow
        #[inline]
        fn endpoint_params(
            #input: &#name,
            params: &mut ::farrier_runtime::endpoint::EndpointResolverParams,
        ) -> ::std::result::Result<(), crate::error::BoxError> {
            if let ::std::option::Option::Some(params) = params.get_mut::<crate::config::endpoint::Params>() {
                #fields
            }
            ::std::result::Result::Ok(())
        }
    })
}

fn reads_deprecated(param: &ContextParam) -> bool {
    match &param.value {
        ContextValue::Static(_) => false,
        ContextValue::Required(path) | ContextValue::One(path) | ContextValue::Several(path) => {
            path.is_deprecated()
        }
    }
}

fn fill(param: &ContextParam) -> TokenStream {
    let name = &param.name;
    let some = quote!(::std::option::Option::Some);
    let value = match &param.value {
        ContextValue::Static(value) => {
            let value = endpoint::param_value(value);
            return quote!(params.#name = #some(#value););
        }
        ContextValue::Required(path) => {
            let (value, field) = (text(path), field_name(path));
            return template! { [name, some, field, value] =>
                params.#name = #some(::farrier_runtime::internal::required_by_endpoint(#field, #value)?);
            };
        }
        ContextValue::One(path) => one(path),
        ContextValue::Several(path) => several(path),
    };
    if param.overrides {
        template! { [value, name, some] =>
            if let ::std::option::Option::Some(value) = #value {
                params.#name = #some(value);
            }
        }
    } else {
        quote!(params.#name = #value;)
    }
}

/// The name of the first field of a path.
fn field_name(path: &Path) -> &str {
    match path.steps.first() {
        Some(PathStep::Field { name, .. }) => name.plain(),
        _ => "",
    }
}

/// A member of the input as `Option<&str>`.
fn text(path: &Path) -> TokenStream {
    match (path.steps.as_slice(), &path.ty) {
        (
            [
                PathStep::Field {
                    name,
                    optional: true,
                    ..
                },
            ],
            Ty::String,
        ) => {
            quote!(input.#name.as_deref())
        }
        _ => {
            let value = borrowed(quote!(input), &path.steps);
            quote!(#value.map(|value| value.as_str()))
        }
    }
}

/// A value of the input as an `Option` of its own.
fn one(path: &Path) -> TokenStream {
    let value = borrowed(quote!(input), &path.steps);
    match (path.steps.as_slice(), &path.ty) {
        (
            [
                PathStep::Field {
                    name,
                    optional: true,
                    ..
                },
            ],
            Ty::Boolean,
        ) => quote!(input.#name),
        (
            [
                PathStep::Field {
                    name,
                    optional: true,
                    ..
                },
            ],
            Ty::String,
        ) => quote!(input.#name.clone()),
        (_, Ty::Boolean) => quote!(#value.copied()),
        (_, Ty::String) => quote!(#value.cloned()),
        _ => quote!(#value.map(|value| value.as_str().to_owned())),
    }
}

/// Strings of the input as an `Option<Vec<String>>`: none where that is not there in which they are.
fn several(path: &Path) -> TokenStream {
    let is_field = |step: &PathStep| matches!(step, PathStep::Field { .. });
    let head = path.steps.iter().take_while(|step| is_field(step)).count();
    let (head, tail) = path.steps.split_at(head);
    let Some((first, rest)) = tail.split_first() else {
        return match (head, &path.ty) {
            (
                [
                    PathStep::Field {
                        name,
                        optional: true,
                        ..
                    },
                ],
                ty,
            ) if holds_strings(ty) => {
                quote!(input.#name.clone())
            }
            (_, ty) if holds_strings(ty) => {
                let value = borrowed(quote!(input), head);
                quote!(#value.cloned())
            }
            _ => {
                let value = borrowed(quote!(input), head);
                template! { [value] =>
                    #value.map(|value| value.iter().map(|value| value.as_str().to_owned()).collect())
                }
            }
        };
    };
    let start = if head.is_empty() {
        quote!(input)
    } else {
        quote!(value)
    };
    let mut values = match first {
        PathStep::Keys => quote!(#start.keys()),
        PathStep::Values => quote!(#start.values()),
        PathStep::Several(paths) => {
            let each = each_of(start, paths);
            quote!(#each.into_iter().flatten())
        }
        _ => quote!(#start.iter()),
    };
    let mut rest = rest.iter().peekable();
    while let Some(step) = rest.next() {
        values = match step {
            PathStep::Field {
                name,
                optional: true,
                ..
            } => {
                quote!(#values.filter_map(|value| value.#name.as_ref()))
            }
            PathStep::Field { name, .. } => {
                match rest.next_if(|step| matches!(step, PathStep::Each)) {
                    Some(_) => quote!(#values.flat_map(|value| &value.#name)),
                    None => quote!(#values.map(|value| &value.#name)),
                }
            }
            PathStep::Each => quote!(#values.flatten()),
            PathStep::Keys => quote!(#values.flat_map(|value| value.keys())),
            PathStep::Values => quote!(#values.flat_map(|value| value.values())),
            PathStep::Several(paths) => {
                let each = each_of(quote!(value), paths);
                quote!(#values.flat_map(|value| #each).flatten())
            }
        };
    }
    let owned = match &path.ty {
        Ty::String => quote!(#values.cloned().collect()),
        _ => template! { [values] => #values.map(|value| value.as_str().to_owned()).collect() },
    };
    if head.is_empty() {
        return quote!(::std::option::Option::Some(#owned));
    }
    let value = borrowed(quote!(input), head);
    quote!(#value.map(|value| #owned))
}

fn holds_strings(ty: &Ty) -> bool {
    matches!(ty, Ty::List { element, .. } if **element == Ty::String)
}

/// An array of what each of the paths leads to, as `Option<&T>`.
fn each_of(start: TokenStream, paths: &[Path]) -> TokenStream {
    let values = paths
        .iter()
        .map(|path| borrowed(start.clone(), &path.steps));
    quote!([#(#values),*])
}

/// An `Option<&T>` for steps from field to field.
fn borrowed(start: TokenStream, steps: &[PathStep]) -> TokenStream {
    let mut value = start;
    for (index, step) in steps.iter().enumerate() {
        let PathStep::Field { name, optional, .. } = step else {
            continue;
        };
        value = match (index, optional) {
            (0, true) => quote!(#value.#name.as_ref()),
            (0, false) => quote!(::std::option::Option::Some(&#value.#name)),
            (_, true) => quote!(#value.and_then(|value| value.#name.as_ref())),
            (_, false) => quote!(#value.map(|value| &value.#name)),
        };
    }
    value
}
