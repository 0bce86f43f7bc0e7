//! Builders of structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::{self, Role};
use super::{block, doc, joined, json, lint, template, ty};
use crate::api::{Field, Record, Ty};
use crate::list::List as _;

/// ```text
/// #[derive(Clone, PartialEq, Default, Debug)] #[non_exhaustive]
/// pub struct TagBuilder { pub(crate) tag_key: Option<String>, ... }
/// impl TagBuilder { tag_key(..), set_tag_key(..), get_tag_key(..), build(), read_member(..) }
/// ```
///
/// Where every field of the struct may be unset, its builder has no fields of its own but the struct. That is a fortieth of
/// what rustc does to check a client:
///
/// ```text
/// #[derive(Clone, PartialEq)] #[non_exhaustive]
/// pub struct GrantConstraintsBuilder { pub(crate) built: GrantConstraints }
/// impl Default, Debug for GrantConstraintsBuilder
/// ```
pub(super) fn builder(record: &Record, role: Role) -> Vec<TokenStream> {
    let name = &record.builder;
    let target = link(record, role);
    let text = doc::text(&format!("Builder of {target}."));
    let target = Target::of(record, role);
    let holds_built = target == Target::Built;
    // The struct hides what is sensitive.
    let redacted = record::redacts(record) && !holds_built;
    let derive = match (holds_built, redacted) {
        (true, _) => quote!(#[derive(Clone, PartialEq)]),
        (false, true) => quote!(#[derive(Clone, PartialEq, Default)]),
        (false, false) => quote!(#[derive(Clone, PartialEq, Default, Debug)]),
    };
    let setters = record.fields.iter().map(|field| setters(field, target));
    let fields = if holds_built {
        let path = path(record, role);
        block([quote!(pub(crate) built: #path,)])
    } else {
        let fields = record.fields.iter().map(|field| {
            let (name, ty) = (&field.name, ty::builder_field(field));
            quote!(pub(crate) #name: #ty,)
        });
        block(fields.chain(role.kept_in_builder()))
    };
    let read = role.reads(record).then(|| json::read_member(record, role));
    let methods = block(setters.chain([build(record, role)]).chain(read));
    // The builder's own fields are not deprecated, but their types may be, and it names the fields of the struct.
    let allow = record::allow(record);
    let struct_allow = if holds_built {
        doc::allow_deprecated(record.deprecated.is_some())
    } else {
        record::allow_types(record)
    };
    let mut items = vec![
        quote! {
            #text
            #struct_allow
            #derive
            #[non_exhaustive]
            pub struct #name #fields
        },
        quote! {
            #allow
            impl #name #methods
        },
    ];
    if holds_built {
        items.push(default(record, role));
        items.push(debug(record));
    }
    if redacted {
        items.push(record::debug(record, name, role));
    }
    items
}

/// `Debug` of a builder that holds the struct: as if it had the fields itself.
fn debug(record: &Record) -> TokenStream {
    let (name, built) = (&record.builder, record.name.plain());
    let title = name.plain();
    let allow = record::allow(record);
    template! { [allow, name, built, title] =>
        #allow
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::farrier_runtime::internal::debug_builder(f, [#built, #title], &self.built)
            }
        }
    }
}

/// `Default` of a builder that holds the struct.
fn default(record: &Record, role: Role) -> TokenStream {
    let (name, path, allow) = (&record.builder, path(record, role), record::allow(record));
    let fields = record.fields.iter().map(|field| {
        let name = &field.name;
        quote!(#name: ::std::option::Option::None,)
    });
    let built = block(fields.chain(role.kept_default()));
    template! { [allow, name, path, built] =>
        #allow
        impl ::std::default::Default for #name {
            #[inline]
            fn default() -> Self {
                Self { built: #path #built }
            }
        }
    }
}

/// What a setter writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The builder's own fields.
    Own,
    /// The struct in the field `built`.
    Built,
    /// The input that the builder in the field `inner` holds.
    Inner,
}

impl Target {
    /// What the builder of a struct writes to.
    fn of(record: &Record, role: Role) -> Target {
        // A fault has metadata, its builder may have none.
        if record.all_optional() && role != Role::Fault {
            Target::Built
        } else {
            Target::Own
        }
    }
}

/// What stands between a builder and the name of a field in it, if anything: `.built`.
pub(super) fn within(record: &Record, role: Role) -> Option<TokenStream> {
    (Target::of(record, role) == Target::Built).then(|| quote!(.built))
}

/// The three methods of a field: `x`, `set_x`, `get_x`.
pub(super) fn setters(field: &Field, target: Target) -> TokenStream {
    let (name, set, get) = (&field.name, &field.setter, &field.getter);
    let plain = name.plain();
    let ty = ty::owned(&field.ty);
    let deprecated = doc::deprecated(field.deprecated.as_deref());
    let required = if field.required { "Required." } else { "" };
    let what = match (&field.ty, target) {
        (Ty::List { .. }, _) => {
            format!("Adds to `{plain}`; [`{set}`](Self::{set}) replaces the whole list.\n")
        }
        (Ty::Map { .. }, _) => {
            format!("Adds an entry to `{plain}`; [`{set}`](Self::{set}) replaces the whole map.\n")
        }
        _ => String::new(),
    };
    let more = [what.as_str(), required].join(if what.is_empty() || required.is_empty() {
        ""
    } else {
        "\n"
    });
    let text = match target {
        Target::Inner => doc::doc_and(&field.doc, &more),
        Target::Own | Target::Built => doc::doc_and(&field.doc.summary(), &more),
    };
    let set_text = doc::text(&format!(
        "Sets [`{plain}`](Self::{plain}), or unsets it with `None`."
    ));
    let get_text = doc::text(&format!("What [`{plain}`](Self::{plain}) is set to."));
    let allow = lint::setter(name.as_str());
    let place = match target {
        Target::Own => quote!(self.#name),
        Target::Built => quote!(self.built.#name),
        Target::Inner => quote!(self.inner.built.#name),
    };
    let (arguments, store) = append(field, &place);
    template! { [text, deprecated, allow, name, arguments, store, set_text, set, ty, place, get_text, get] =>
        #text
        #deprecated
        #allow
        #[inline]
        pub fn #name(mut self, #arguments) -> Self {
            #store
            self
        }
        #set_text
        #deprecated
        #[inline]
        pub fn #set(mut self, input: ::std::option::Option<#ty>) -> Self {
            #place = input;
            self
        }
        #get_text
        #deprecated
        #[inline]
        pub fn #get(&self) -> &::std::option::Option<#ty> {
            &#place
        }
    }
}

/// The arguments of the method `x`, and how it puts them in their place.
fn append(field: &Field, place: &TokenStream) -> (TokenStream, TokenStream) {
    match &field.ty {
        Ty::List {
            element,
            sparse: false,
        } => {
            let (argument, value) = (
                ty::argument(element),
                ty::from_argument(element, quote!(input)),
            );
            let store = template! { [place, value] =>
                #place.get_or_insert_with(::std::vec::Vec::new).push(#value);
            };
            (quote!(input: #argument), store)
        }
        Ty::List {
            element,
            sparse: true,
        } => {
            let argument = ty::sparse_owned(element, true);
            let store = template! { [place] =>
                #place.get_or_insert_with(::std::vec::Vec::new).push(input);
            };
            (quote!(input: #argument), store)
        }
        Ty::Map { key, value, sparse } => {
            let (key_argument, key_value) = match key {
                Some(key) => (ty::named(key), quote!(k)),
                None => (ty::argument(&Ty::String), quote!(k.into())),
            };
            let (value_argument, value_value) = match sparse {
                true => (ty::sparse_owned(value, true), quote!(v)),
                false => (ty::argument(value), ty::from_argument(value, quote!(v))),
            };
            let store = template! { [place, key_value, value_value] =>
                #place.get_or_insert_with(::std::collections::HashMap::new).insert(#key_value, #value_value);
            };
            (quote!(k: #key_argument, v: #value_argument), store)
        }
        other => {
            let (argument, value) = (ty::argument(other), ty::from_argument(other, quote!(input)));
            (
                quote!(input: #argument),
                quote!(#place = ::std::option::Option::Some(#value);),
            )
        }
    }
}

/// What the builder builds, as its module names it.
fn path(record: &Record, role: Role) -> TokenStream {
    let name = &record.name;
    match role {
        Role::Plain => quote!(crate::types::#name),
        Role::Input | Role::Output | Role::Fault => quote!(super::#name),
    }
}

/// A link from the builder to what it builds.
fn link(record: &Record, role: Role) -> String {
    let name = &record.name;
    match role {
        // It stands in the same module.
        Role::Plain => lint::link_to_struct(name.as_str()),
        Role::Input | Role::Output | Role::Fault => format!("[`{name}`](super::{name})"),
    }
}

/// `build`, and for readers `build_or_zero` where `build` can fail.
fn build(record: &Record, role: Role) -> TokenStream {
    let path = path(record, role);
    let kept = role.kept_value();
    let values = record.fields.iter().map(|field| built(record, field));
    let value = match Target::of(record, role) {
        Target::Built => quote!(self.built),
        Target::Own | Target::Inner => quote!(#path { #(#values)* #kept }),
    };
    let makes = format!("Makes the {}.", link(record, role));
    if role == Role::Input {
        let text = doc::text(&format!(
            "{makes}\n\nIt never fails: what is missing is left to the service to judge."
        ));
        return template! { [text, path, value] =>
            #text
            #[inline]
            pub fn build(self) -> ::std::result::Result<#path, ::farrier_runtime::error::BuildError> {
                ::std::result::Result::Ok(#value)
            }
        };
    }
    if !record.fallible() {
        let text = doc::text(&makes);
        return quote! {
            #text
            #[inline]
            pub fn build(self) -> #path {
                #value
            }
        };
    }
    let missing = record
        .fields
        .iter()
        .filter(|field| field.fails_when_missing())
        .map(|field| format!("- [`{0}`](Self::{0})", field.name.plain()));
    let missing = missing.list().join("\n");
    let text = doc::text(&format!(
        "{makes}\n\n# Errors\n\nWhen one of these is not set:\n{missing}"
    ));
    let lenient = (record.read || matches!(role, Role::Output | Role::Fault)).then(|| {
        let values = joined(record.fields.iter().map(|field| {
            let name = &field.name;
            let value = quote!(self.#name);
            let value = if field.optional() {
                value
            } else {
                ty::absent(field, value)
            };
            quote!(#name: #value,)
        }));
        let text =
            doc::text("As an answer is read: what the service left out becomes a zero value.");
        template! { [text, path, values, kept] =>
            #text
            #[inline]
            pub(crate) fn build_or_zero(self) -> #path {
                #path { #values #kept }
            }
        }
    });
    template! { [text, path, value, lenient] =>
        #text
        #[inline]
        pub fn build(self) -> ::std::result::Result<#path, ::farrier_runtime::error::BuildError> {
            ::std::result::Result::Ok(#value)
        }
        #lenient
    }
}

/// The value of one field in `build`.
fn built(record: &Record, field: &Field) -> TokenStream {
    let name = &field.name;
    if field.optional() {
        return quote!(#name: self.#name,);
    }
    if field.fails_when_missing() {
        let text = name.plain();
        let why = format!("{} cannot be built without it", record.name);
        return template! { [name, text, why] =>
            #name: self.#name.ok_or_else(|| ::farrier_runtime::error::BuildError::missing_field(#text, #why))?,
        };
    }
    let value = ty::absent(field, quote!(self.#name));
    quote!(#name: #value,)
}
