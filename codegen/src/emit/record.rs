//! Structs with their getters, `Debug` and JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::{block, builder, doc, fault, joined, json, lint, template, ty};
use crate::api::{Field, Record};

/// Where a struct stands, which decides what it has besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation: it keeps the request id.
    Output,
    /// A modelled error: it keeps its metadata.
    Fault,
    /// Any other struct.
    Plain,
}

impl Role {
    /// The field that the struct keeps besides those of the model.
    fn kept(self) -> Option<TokenStream> {
        match self {
            Role::Output => Some(
                template! { pub(crate) _request_id: ::std::option::Option<::std::string::String>, },
            ),
            Role::Fault => Some(quote!(pub(crate) meta: crate::error::ErrorMetadata,)),
            Role::Input | Role::Plain => None,
        }
    }

    /// The same field in the builder.
    pub(super) fn kept_in_builder(self) -> Option<TokenStream> {
        match self {
            Role::Output => Some(
                template! { pub(crate) _request_id: ::std::option::Option<::std::string::String>, },
            ),
            Role::Fault => Some(
                template! { pub(crate) meta: ::std::option::Option<crate::error::ErrorMetadata>, },
            ),
            Role::Input | Role::Plain => None,
        }
    }

    /// Its value in a struct that nothing was set in.
    pub(super) fn kept_default(self) -> Option<TokenStream> {
        match self {
            Role::Output => Some(quote!(_request_id: ::std::option::Option::None,)),
            Role::Input | Role::Plain | Role::Fault => None,
        }
    }

    /// Whether answers are read into the builder, member by member.
    pub(super) fn reads(self, record: &Record) -> bool {
        match self {
            Role::Input => false,
            Role::Output => !record.fields.is_empty(),
            Role::Fault => !fault::is_message(record),
            Role::Plain => record.read && !record.fields.is_empty(),
        }
    }

    /// How the builder fills it.
    pub(super) fn kept_value(self) -> Option<TokenStream> {
        match self {
            Role::Output => Some(quote!(_request_id: self._request_id,)),
            Role::Fault => Some(quote!(meta: self.meta.unwrap_or_default(),)),
            Role::Input | Role::Plain => None,
        }
    }
}

/// A struct of the module `types`:
///
/// ```text
/// #[non_exhaustive] pub struct Tag { pub tag_key: String, ... }
/// impl Tag { getters; pub fn builder() -> TagBuilder }
/// pub struct TagBuilder { ... }        impl TagBuilder { ... }
/// impl Tag { pub(crate) fn read_json(..); pub(crate) fn write_json(..) }
/// ```
pub(super) fn plain(record: &Record) -> Vec<TokenStream> {
    let mut items = structure(record, Role::Plain, quote!(crate::types::builders));
    items.extend(builder::builder(record, Role::Plain));
    items.extend(json_methods(record));
    items
}

/// The struct, its getters and `builder()`, whose type stands in the module `builders`.
pub(super) fn structure(record: &Record, role: Role, builders: TokenStream) -> Vec<TokenStream> {
    let name = &record.name;
    let text = doc::doc(&record.doc);
    let deprecated = doc::deprecated(record.deprecated.as_deref());
    let allow = allow(record);
    let fields = record.fields.iter().map(|field| {
        let (name, ty) = (&field.name, ty::field(field));
        let text = doc::doc(&field.doc);
        let deprecated = doc::deprecated(field.deprecated.as_deref());
        quote!(#text #deprecated pub #name: #ty,)
    });
    let fields = block(fields.chain(role.kept()));
    let redacted = redacts(record);
    let derive = if redacted {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, PartialEq, Debug)])
    };
    let struct_allow = allow_types(record);
    let mut items = vec![quote! {
        #text
        #deprecated
        #struct_allow
        #derive
        #[non_exhaustive]
        pub struct #name #fields
    }];
    let builder = &record.builder;
    let makes = format!("Starts an empty builder of [`{name}`](Self).");
    let makes = doc::text(&makes);
    let starts = template! { [makes, builders, builder] =>
        #makes
        #[inline]
        pub fn builder() -> #builders::#builder {
            #builders::#builder::default()
        }
    };
    let methods = block(record.fields.iter().map(getter).chain([starts]));
    items.push(quote! {
        #allow
        impl #name #methods
    });
    if redacted {
        items.push(debug(record, &record.name, role));
    }
    items
}

/// Lets code name the struct and its fields, also where they are deprecated.
pub(super) fn allow(record: &Record) -> TokenStream {
    let nested = nested(record);
    let deprecated = record.deprecated.is_some() || record.holds_deprecated();
    let deprecated = doc::allow_deprecated(deprecated);
    quote!(#deprecated #nested)
}

/// Lets a struct have the types of the fields.
pub(super) fn allow_types(record: &Record) -> TokenStream {
    let nested = nested(record);
    let deprecated = doc::allow_deprecated(record.holds_deprecated());
    quote!(#deprecated #nested)
}

/// Lets types be nested as the model has them.
pub(super) fn nested(record: &Record) -> TokenStream {
    lint::nested(record.fields.iter().map(|field| &field.ty))
}

/// Whether `Debug` has something to hide.
pub(super) fn redacts(record: &Record) -> bool {
    record.sensitive || record.fields.iter().any(|field| field.sensitive)
}

/// `Debug` that shows a fixed text in place of sensitive values.
pub(super) fn debug(record: &Record, name: &crate::names::Name, role: Role) -> TokenStream {
    let allow = allow(record);
    let title = name.as_str();
    let fields = joined(record.fields.iter().map(|field| {
        let name = &field.name;
        let text = name.plain();
        if field.sensitive || record.sensitive {
            quote!(.field(#text, &::farrier_runtime::internal::REDACTED))
        } else {
            quote!(.field(#text, &self.#name))
        }
    }));
    let kept = match role {
        Role::Output => Some(quote!(.field("_request_id", &self._request_id))),
        // The message is in the metadata too.
        Role::Fault
            if record.sensitive || record.message().is_some_and(|field| field.sensitive) =>
        {
            Some(quote!(.field("meta", &::farrier_runtime::internal::REDACTED)))
        }
        Role::Fault => Some(quote!(.field("meta", &self.meta))),
        Role::Input | Role::Plain => None,
    };
    template! { [allow, name, title, fields, kept] =>
        #allow
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#title) #fields #kept .finish()
            }
        }
    }
}

fn getter(field: &Field) -> TokenStream {
    let name = &field.name;
    let (result, body) = ty::getter(field);
    let mut text = field.doc.summary();
    if field.optional() && matches!(field.ty, crate::api::Ty::List { .. }) {
        text.lines.extend([
            String::new(),
            "Empty when it is not set; the field itself tells the two apart.".to_owned(),
        ]);
    }
    let text = doc::doc(&text);
    let deprecated = doc::deprecated(field.deprecated.as_deref());
    let allow = lint::getter(name.as_str());
    template! { [text, deprecated, allow, name, result, body] =>
        #text
        #deprecated
        #allow
        #[inline]
        pub fn #name(&self) -> #result {
            #body
        }
    }
}

/// `read_json` and `write_json`, as far as they are called.
pub(super) fn json_methods(record: &Record) -> Option<TokenStream> {
    let name = &record.name;
    let read = record.read.then(|| read_json(record));
    let write = record.written.then(|| write_json(record));
    let allow = allow(record);
    (record.read || record.written).then(|| {
        quote! {
            #allow
            impl #name {
                #write
                #read
            }
        }
    })
}

fn write_json(record: &Record) -> TokenStream {
    let fields = json::write_fields(record, &quote!(self));
    template! { [fields] =>
        #[inline]
        pub(crate) fn write_json(&self, writer: &mut ::farrier_runtime::json::Writer) {
            #fields
        }
    }
}

fn read_json(record: &Record) -> TokenStream {
    let (builder, made) = (&record.builder, json::made(record));
    let member = if Role::Plain.reads(record) {
        quote!(crate::types::builders::#builder::read_member)
    } else {
        quote!(|_, _, reader| reader.skip_value())
    };
    template! { [member, made] =>
        #[inline]
        pub(crate) fn read_json(
            reader: &mut ::farrier_runtime::json::Reader<'_>,
        ) -> ::std::result::Result<::std::option::Option<Self>, ::farrier_runtime::json::Error> {
            let mut builder = Self::builder();
            if !reader.object(&mut builder, #member)? {
                return ::std::result::Result::Ok(::std::option::Option::None);
            }
            ::std::result::Result::Ok(::std::option::Option::Some(builder.#made()))
        }
    }
}
