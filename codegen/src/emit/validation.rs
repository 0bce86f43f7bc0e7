//! The module that checks inputs: a table for each shape of which the model asks something.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Source, Visibility, doc, joined, template};
use crate::api::{Api, Constraint, Constraints, Length, Pattern, Range, Table, Target};
use crate::list::List as _;
use crate::order;

/// The feature of a printed crate, and of the runtime, behind which inputs can be checked.
pub(crate) const FEATURE: &str = "validate-input";

/// ```text
/// use ::farrier_runtime::internal::constraints::{Length, Member, Shape};
/// pub(crate) fn validate(level, operation, body) -> Result<(), BoxError> { match operation { ... } }
/// static TAG: Shape = Shape::Structure { members: &[Member::required("TagKey", &TAG_KEY_TYPE)] };
/// ```
pub(super) fn validation(constraints: &Constraints) -> Source {
    Source::new(
        &["validation"],
        Visibility::Feature(FEATURE),
        "What the model asks of inputs, for clients that check them before they are sent.",
    )
    .items(imports(constraints))
    .item(validate(constraints))
    .items(constraints.tables.iter().map(table))
}

/// The names that the tables use, which full paths would bury; no static is called like a type.
fn imports(constraints: &Constraints) -> Option<TokenStream> {
    if constraints.tables.is_empty() {
        return None;
    }
    let mut used = vec!["Shape"];
    for table in &constraints.tables {
        used.extend(match &table.constraint {
            Constraint::Text {
                pattern: Some(_), ..
            } => &["Length", "Pattern"][..],
            Constraint::Text { .. }
            | Constraint::Blob(_)
            | Constraint::List { .. }
            | Constraint::Map { .. } => &["Length"],
            Constraint::Number(_) | Constraint::Float(_) => &["Range"],
            Constraint::Structure(members) if members.is_empty() => &[],
            Constraint::Structure(_) => &["Member"],
        });
    }
    order::sort(&mut used);
    used.dedup();
    let names = used.into_iter().map(|name| format_ident!("{name}"));
    Some(quote!(use ::farrier_runtime::internal::constraints::{#(#names),*};))
}

fn validate(constraints: &Constraints) -> TokenStream {
    let arms = constraints.inputs.iter();
    let arms = joined(arms.map(|(operation, name)| quote!(#operation => &#name,)));
    let (arguments, body) = if constraints.inputs.is_empty() {
        let arguments = [
            format_ident!("_level"),
            format_ident!("_operation"),
            format_ident!("_body"),
        ];
        (arguments, quote!(::std::result::Result::Ok(())))
    } else {
        let arguments = [
            format_ident!("level"),
            format_ident!("operation"),
            format_ident!("body"),
        ];
        let body = template! { [arms] =>
            let shape = match operation {
                #arms
                _ => return ::std::result::Result::Ok(()),
            };
            ::farrier_runtime::internal::constraints::validate(level, operation, shape, body)
        };
        (arguments, body)
    };
    let [level, operation, input] = arguments;
    template! { [level, operation, input, body] =>
        /// Holds the input of an operation, as it is written, against the model.
        pub(crate) fn validate(
            #level: ::farrier_runtime::config::InputValidation,
            #operation: &'static str,
            #input: &[u8],
        ) -> ::std::result::Result<(), crate::error::BoxError> {
            #body
        }
    }
}

fn table(table: &Table) -> TokenStream {
    let (name, text) = (&table.name, doc::doc(&table.doc));
    let mut shape = constraint(&table.constraint);
    if table.sensitive {
        shape = quote!(Shape::Sensitive { shape: &#shape });
    }
    quote! {
        #text
        static #name: Shape = #shape;
    }
}

fn constraint(constraint: &Constraint) -> TokenStream {
    match constraint {
        Constraint::Text { length, pattern } => {
            let (length, pattern) = (self::length(*length), self::pattern(pattern.as_ref()));
            quote!(Shape::Text { length: #length, pattern: #pattern })
        }
        Constraint::Blob(length) => {
            let length = self::length(*length);
            quote!(Shape::Blob { length: #length })
        }
        Constraint::Number(range) => {
            let range = self::range(range);
            quote!(Shape::Number { range: #range })
        }
        Constraint::Float(range) => {
            let range = self::range(range);
            quote!(Shape::Float { range: #range })
        }
        Constraint::List {
            length,
            unique,
            member,
        } => {
            let (length, member) = (self::length(*length), target(member));
            quote!(Shape::List { length: #length, unique: #unique, member: #member })
        }
        Constraint::Map { length, key, value } => {
            let (length, key, value) = (self::length(*length), target(key), target(value));
            quote!(Shape::Map { length: #length, key: #key, value: #value })
        }
        Constraint::Structure(members) => {
            let members = members.iter().map(|member| {
                let (wire, target) = (&member.wire, target(&member.target));
                let make = if member.required {
                    quote!(required)
                } else {
                    quote!(optional)
                };
                quote!(Member::#make(#wire, #target))
            });
            quote!(Shape::Structure { members: &[#(#members),*] })
        }
    }
}

fn target(target: &Target) -> TokenStream {
    match target {
        Target::Any => quote!(&Shape::Any),
        Target::Table(name) => quote!(&#name),
    }
}

fn length(length: Length) -> TokenStream {
    let literal = Literal::u64_unsuffixed;
    match (length.min.map(literal), length.max.map(literal)) {
        (None, None) => quote!(Length::ANY),
        (Some(min), None) => quote!(Length::at_least(#min)),
        (None, Some(max)) => quote!(Length::at_most(#max)),
        (Some(min), Some(max)) => quote!(Length::between(#min, #max)),
    }
}

fn range(range: &Range) -> TokenStream {
    match (&range.min, &range.max) {
        (Some(min), None) => quote!(Range::at_least(#min)),
        (None, Some(max)) => quote!(Range::at_most(#max)),
        (Some(min), Some(max)) => quote!(Range::between(#min, #max)),
        (None, None) => quote!(Range::ANY),
    }
}

fn pattern(pattern: Option<&Pattern>) -> TokenStream {
    let Some(Pattern { text, regex }) = pattern else {
        return quote!(::std::option::Option::None);
    };
    let pattern = if text == regex {
        quote!(Pattern::new(#text))
    } else {
        quote!(Pattern::translated(#text, #regex))
    };
    quote!(::std::option::Option::Some(#pattern))
}

/// `validate_input` and `set_validate_input` of the builder of settings.
pub(super) fn setters(api: &Api) -> Option<TokenStream> {
    api.constraints.as_ref()?;
    Some(template! { [FEATURE] =>
        /// How much of an input is checked before it is sent. A call whose input does not pass ends in a
        /// `ConstructionFailure` that names every member at fault, and nothing is sent. Default: nothing is checked here, the
        /// service checks.
        #[cfg(feature = #FEATURE)]
        #[inline]
        pub fn validate_input(mut self, validate_input: InputValidation) -> Self {
            self.set_validate_input(::std::option::Option::Some(validate_input));
            self
        }
        /// As [`validate_input`](Self::validate_input), on a builder that stays where it is.
        #[cfg(feature = #FEATURE)]
        #[inline]
        pub fn set_validate_input(&mut self, validate_input: ::std::option::Option<InputValidation>) -> &mut Self {
            let check = |level| ::farrier_runtime::internal::InputCheck::new(level, crate::validation::validate);
            self.settings.set_input_check(validate_input.map(check));
            self
        }
    })
}

/// `validate_input` of the settings.
pub(super) fn getter(api: &Api) -> Option<TokenStream> {
    api.constraints.as_ref()?;
    Some(template! { [FEATURE] =>
        /// How much of an input is checked before it is sent. Default: nothing.
        #[cfg(feature = #FEATURE)]
        #[inline]
        pub fn validate_input(&self) -> ::std::option::Option<InputValidation> {
            self.settings.input_check().map(|check| check.level())
        }
    })
}

/// Re-exports from a module of the runtime, where inputs can be checked.
pub(super) fn reexports(api: &Api, module: &str, names: &[&str]) -> Vec<TokenStream> {
    if api.constraints.is_none() {
        return Vec::new();
    }
    let module = format_ident!("{module}");
    let reexport = |name: &&str| {
        let name = format_ident!("{name}");
        template! { [FEATURE, module, name] =>
            #[cfg(feature = #FEATURE)]
            pub use ::farrier_runtime::#module::#name;
        }
    };
    names.iter().map(reexport).list()
}
