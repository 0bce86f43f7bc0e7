//! The root of the client and the modules that only gather others.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, config, enumeration, record, template, union};
use crate::api::{Api, Doc, Ty, Type};
use crate::list::List as _;

/// The crate's documentation, and `Client`, `Config` and `Error` by their short names.
pub(super) fn root(api: &Api) -> Source {
    let mut source = Source::new(&[], Visibility::Public, "");
    source.doc = crate_doc(api);
    source
        .item(quote!(
            pub use client::Client;
        ))
        .item(quote!(
            pub use config::Config;
        ))
        .item(quote!(
            pub use error::Error;
        ))
}

fn crate_doc(api: &Api) -> Doc {
    let service = &api.service;
    let mut lines = vec![
        format!(
            "A client of {} (API version {}).",
            service.called, service.api_version
        ),
        String::new(),
    ];
    lines.extend(service.doc.lines.iter().cloned());
    if !service.doc.is_empty() {
        lines.push(String::new());
    }
    let rest = "\
# How to start

A [`Client`] is made from the application's shared configuration by [`Client::new`], or from a [`Config`] by
[`Client::from_conf`]. It is cheap to clone and meant to be kept: clones share connections and credentials.
Each operation is a method that returns a builder; `send` calls the service.

# Where things are

| module | holds |
| --- | --- |
| [`operation`] | inputs, outputs and errors of the operations |
| [`types`] | the values in them; errors of the service are in [`types::error`] |
| [`config`] | settings of a client |
| [`client`] | the client, and [`client::customize`] for changes to a single call |
| [`error`] | [`enum@Error`] for any error of the service, and what errors can be asked |
| [`primitives`] | blobs and points in time |";
    lines.extend(rest.lines().map(str::to_owned));
    Doc { lines }
}

/// The module `meta`.
pub(super) fn meta() -> Source {
    Source::new(
        &["meta"],
        Visibility::Public,
        "What is known of this client itself.",
    )
    .item(template! {
        /// The version of this client.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    })
}

/// The module `endpoint_discovery`.
pub(super) fn endpoint_discovery() -> Source {
    Source::new(
        &["endpoint_discovery"],
        Visibility::Public,
        "Keeping the endpoint fresh that the service names.",
    )
    .items(config::reexports(&[(
        "endpoint_discovery",
        "ReloadEndpoint",
    )]))
}

/// The module `primitives`.
pub(super) fn primitives(api: &Api) -> Source {
    let mut names = vec!["Blob", "DateTime", "DateTimeFormat", "Document"];
    let big = [
        (Ty::BigDecimal, "BigDecimal"),
        (Ty::BigInteger, "BigInteger"),
    ];
    for (ty, name) in big.iter().rev() {
        if api.holds(ty) {
            names.insert(0, name);
        }
    }
    let names: Vec<_> = names.into_iter().map(|name| ("primitives", name)).list();
    Source::new(
        &["primitives"],
        Visibility::Public,
        "Values that inputs and outputs are made of.",
    )
    .items(config::reexports(&names))
}

/// The module `operation`.
pub(super) fn operations(_api: &Api) -> Source {
    let source = Source::new(
        &["operation"],
        Visibility::Public,
        "The operations: inputs, outputs and errors, one module each.",
    );
    source.item(quote!(
        pub use ::farrier_runtime::error::RequestId;
    ))
}

/// The module `types`.
pub(super) fn types(api: &Api) -> Source {
    let reexports = api.types.iter().map(|ty| {
        let (module, name) = (ty.module(), ty.name());
        let deprecated = deprecated(ty);
        quote!(#deprecated pub use self::#module::#name;)
    });
    Source::new(
        &["types"],
        Visibility::Public,
        "The values that inputs and outputs hold.",
    )
    .items(reexports)
}

/// Naming a deprecated type in a re-export needs leave.
fn deprecated(ty: &Type) -> TokenStream {
    let is = match ty {
        Type::Record(record) => record.deprecated.is_some(),
        Type::Enumeration(enumeration) => enumeration.deprecated.is_some(),
        Type::Union(union) => union.deprecated.is_some(),
    };
    super::doc::allow_deprecated(is)
}

/// The private module of one type.
pub(super) fn type_file(ty: &Type) -> Source {
    let module = ["types", ty.module().as_str()];
    let mut source = Source::new(&module, Visibility::Private, "").defines([ty.name()]);
    if let Type::Record(record) = ty {
        source = source.defines([&record.builder]);
    }
    source.items(match ty {
        Type::Record(record) => record::plain(record),
        Type::Enumeration(enumeration) => enumeration::enumeration(enumeration),
        Type::Union(union) => union::union(union),
    })
}

/// The module `types::builders`.
pub(super) fn type_builders(api: &Api) -> Source {
    let reexports = api.types.iter().filter_map(|ty| match ty {
        Type::Record(record) => {
            let (module, builder) = (&record.module, &record.builder);
            Some(quote!(pub use super::#module::#builder;))
        }
        Type::Enumeration(_) | Type::Union(_) => None,
    });
    Source::new(
        &["types", "builders"],
        Visibility::Public,
        "Builders of the values.",
    )
    .items(reexports)
}
