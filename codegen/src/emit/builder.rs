//! Builders of structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::{self, Role};
use super::{block, doc, json, lint, ty};
use crate::api::{Field, Record, Ty};

/// ```text
/// #[derive(Clone, PartialEq, Default, Debug)] #[non_exhaustive]
/// pub struct TagBuilder { pub(crate) tag_key: Option<String>, ... }
/// impl TagBuilder { tag_key(..), set_tag_key(..), get_tag_key(..), build(), read_member(..) }
/// ```
pub(super) fn builder(record: &Record, role: Role) -> Vec<TokenStream> {
    let name = &record.builder;
    let target = link(record, role);
    let text = doc::text(&format!("Builder of {target}."));
    let redacted = record::redacts(record);
    let derive = if redacted {
        quote!(#[derive(Clone, PartialEq, Default)])
    } else {
        quote!(#[derive(Clone, PartialEq, Default, Debug)])
    };
    let fields = record.fields.iter().map(|field| {
        let (name, ty) = (&field.name, ty::builder_field(field));
        quote!(pub(crate) #name: #ty,)
    });
    let kept = role.kept_in_builder();
    let setters = record
        .fields
        .iter()
        .map(|field| setters(field, Target::Own));
    let fields = block(fields.chain(kept));
    let read = role.reads(record).then(|| json::read_member(record));
    let methods = block(setters.chain([build(record, role)]).chain(read));
    // The builder's own fields are not deprecated, but their types may be, and it names the fields of the struct.
    let (allow, struct_allow) = (record::allow(record), record::allow_types(record));
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
    if redacted {
        items.push(record::debug(record, name, role));
    }
    items
}

/// What a setter writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The builder's own fields.
    Own,
    /// The builder in the field `inner`.
    Inner,
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
        Target::Own => doc::doc_and(&field.doc.summary(), &more),
    };
    let set_text = doc::text(&format!(
        "Sets [`{plain}`](Self::{plain}), or unsets it with `None`."
    ));
    let get_text = doc::text(&format!("What [`{plain}`](Self::{plain}) is set to."));
    let allow = lint::setter(name.as_str());
    let (arguments, passed, store) = append(field);
    let (by_value, assign, borrow) = match target {
        Target::Own => (store, quote!(self.#name = input;), quote!(&self.#name)),
        Target::Inner => (
            quote!(self.inner = self.inner.#name(#passed);),
            quote!(self.inner = self.inner.#set(input);),
            quote!(self.inner.#get()),
        ),
    };
    quote! {
        #text
        #deprecated
        #allow
        #[inline]
        pub fn #name(mut self, #arguments) -> Self {
            #by_value
            self
        }
        #set_text
        #deprecated
        #[inline]
        pub fn #set(mut self, input: ::std::option::Option<#ty>) -> Self {
            #assign
            self
        }
        #get_text
        #deprecated
        #[inline]
        pub fn #get(&self) -> &::std::option::Option<#ty> {
            #borrow
        }
    }
}

/// The arguments of the method `x`, how they are passed on, and what it does with them.
fn append(field: &Field) -> (TokenStream, TokenStream, TokenStream) {
    let name = &field.name;
    match &field.ty {
        Ty::List {
            element,
            sparse: false,
        } => {
            let (argument, value) = (
                ty::argument(element),
                ty::from_argument(element, quote!(input)),
            );
            let store = quote!(self.#name.get_or_insert_with(::std::vec::Vec::new).push(#value););
            (quote!(input: #argument), quote!(input), store)
        }
        Ty::List {
            element,
            sparse: true,
        } => {
            let argument = ty::sparse_owned(element, true);
            let store = quote!(self.#name.get_or_insert_with(::std::vec::Vec::new).push(input););
            (quote!(input: #argument), quote!(input), store)
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
            let store = quote!(self.#name.get_or_insert_with(::std::collections::HashMap::new).insert(#key_value, #value_value););
            (
                quote!(k: #key_argument, v: #value_argument),
                quote!(k, v),
                store,
            )
        }
        other => {
            let (argument, value) = (ty::argument(other), ty::from_argument(other, quote!(input)));
            (
                quote!(input: #argument),
                quote!(input),
                quote!(self.#name = ::std::option::Option::Some(#value);),
            )
        }
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
    let name = &record.name;
    let path = match role {
        Role::Plain => quote!(crate::types::#name),
        Role::Input | Role::Output | Role::Fault => quote!(super::#name),
    };
    let kept = role.kept_value();
    let values = record.fields.iter().map(|field| built(record, field));
    let makes = format!("Makes the {}.", link(record, role));
    if role == Role::Input {
        let text = doc::text(&format!(
            "{makes}\n\nIt never fails: what is missing is left to the service to judge."
        ));
        return quote! {
            #text
            #[inline]
            pub fn build(self) -> ::std::result::Result<#path, ::farrier_runtime::error::BuildError> {
                ::std::result::Result::Ok(#path { #(#values)* })
            }
        };
    }
    if !record.fallible() {
        let text = doc::text(&makes);
        return quote! {
            #text
            #[inline]
            pub fn build(self) -> #path {
                #path { #(#values)* #kept }
            }
        };
    }
    let missing = record
        .fields
        .iter()
        .filter(|field| field.fails_when_missing())
        .map(|field| format!("- [`{0}`](Self::{0})", field.name.plain()));
    let missing = missing.collect::<Vec<_>>().join("\n");
    let text = doc::text(&format!(
        "{makes}\n\n# Errors\n\nWhen one of these is not set:\n{missing}"
    ));
    let lenient = (record.read || matches!(role, Role::Output | Role::Fault)).then(|| {
        let values = record.fields.iter().map(|field| {
            let name = &field.name;
            let value = quote!(self.#name);
            let value = if field.optional() {
                value
            } else {
                ty::absent(field, value)
            };
            quote!(#name: #value,)
        });
        let text =
            doc::text("As an answer is read: what the service left out becomes a zero value.");
        quote! {
            #text
            #[inline]
            pub(crate) fn build_or_zero(self) -> #path {
                #path { #(#values)* #kept }
            }
        }
    });
    quote! {
        #text
        #[inline]
        pub fn build(self) -> ::std::result::Result<#path, ::farrier_runtime::error::BuildError> {
            ::std::result::Result::Ok(#path { #(#values)* #kept })
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
        return quote!(#name: self.#name.ok_or_else(|| ::farrier_runtime::error::BuildError::missing_field(#text, #why))?,);
    }
    let value = ty::absent(field, quote!(self.#name));
    quote!(#name: #value,)
}
