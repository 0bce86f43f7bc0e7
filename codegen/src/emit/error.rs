//! Enums of errors: one for each operation, and one for all of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Source, Visibility, doc, joined, template, validation};
use crate::api::{Api, Fault, Type};
use crate::list::List as _;
use crate::names::Name;

/// What the variant for other errors is deprecated with.
const DO_NOT_MATCH: &str =
    "use a wildcard arm and `code()`: a later version may know the error by a name";

/// The module `error`:
///
/// ```text
/// pub use BoxError, BuildError, ...;       pub type SdkError<E, R = HttpResponse> = ...;
/// pub struct UnknownVariantError { value: String }
/// #[non_exhaustive] pub enum Error { TagException(TagException), ..., Unhandled(Unhandled) }
/// impl From<BuildError>
/// ```
pub(super) fn error(api: &Api) -> Source {
    let names = [
        "BoxError",
        "BuildError",
        "ConnectorError",
        "DisplayErrorContext",
        "ErrorMetadata",
        "ProvideErrorMetadata",
    ];
    let names = names.map(|name| quote::format_ident!("{name}"));
    Source::new(&["error"], Visibility::Public, "What calls can end with in place of an output.")
        .items(names.map(|name| quote!(pub use ::farrier_runtime::error::#name;)))
        .items(validation::reexports(api, "error", &["InvalidInput", "Violation", "ViolationKind"]))
        .item(template! {
            /// Why a call has no output; `E` is the error of the operation, `R` the answer of the service.
            pub type SdkError<E, R = ::farrier_runtime::http::HttpResponse> = ::farrier_runtime::error::SdkError<E, R>;
        })
        .items(unknown_variant(api))
        .items(any_error(api))
}

/// `SdkError<XError, HttpResponse>`: written out and not by its alias, so that documentation shows what it is.
pub(super) fn sdk_error(error: &TokenStream) -> TokenStream {
    quote!(::farrier_runtime::error::SdkError<#error, ::farrier_runtime::http::HttpResponse>)
}

/// What `try_parse` of an enum fails with.
fn unknown_variant(api: &Api) -> Vec<TokenStream> {
    let made = api
        .types
        .iter()
        .any(|ty| matches!(ty, Type::Enumeration(_)));
    let new = made.then(|| {
        template! {
            impl UnknownVariantError {
                #[inline]
                pub(crate) fn new(value: &str) -> Self {
                    Self { value: value.to_owned() }
                }
            }
        }
    });
    let definition = template! {
        /// A text is not among the values that an enum knows.
        #[derive(Debug)]
        pub struct UnknownVariantError {
            value: ::std::string::String,
        }
    };
    let display = template! {
        impl ::std::fmt::Display for UnknownVariantError {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "unknown enum variant: '{}'", self.value)
            }
        }
    };
    let error = quote!(impl ::std::error::Error for UnknownVariantError {});
    [Some(definition), new, Some(display), Some(error)]
        .into_iter()
        .flatten()
        .list()
}

/// The enum for the errors of all operations. How it is made from each of theirs stands beside those.
fn any_error(api: &Api) -> Vec<TokenStream> {
    let faults: Vec<&Fault> = api.faults.iter().list();
    let about = "Any error of any operation.\n\n`?` turns the error of an operation, and [`SdkError`] around it, into this one.";
    let mut items = enumeration(&quote!(Error), about, &faults, TokenStream::new());
    items.push(source(&quote!(Error), quote!(self.fault().source())));
    items.push(template! {
        #[allow(deprecated)]
        impl ::std::convert::From<BuildError> for Error {
            #[inline]
            fn from(error: BuildError) -> Self {
                Self::Unhandled(::farrier_runtime::internal::Unhandled::new(error, ErrorMetadata::default()))
            }
        }
    });
    items
}

/// Whether an error may be much larger than others, most of which hold a message.
fn is_bulky(fault: &Fault) -> bool {
    let fields = &fault.record.fields;
    fields.len() > 4 || fields.iter().any(|field| field.ty.is_struct())
}

/// What an error enum has, whether of one operation or of all:
///
/// ```text
/// #[non_exhaustive] pub enum XError { A(crate::types::error::A), ..., Unhandled(Unhandled) }
/// impl XError { methods; fn fault(&self) -> &dyn Fault }
/// impl Debug, Display, ProvideErrorMetadata, RequestId
/// ```
pub(super) fn enumeration(
    name: &TokenStream,
    about: &str,
    faults: &[&Fault],
    methods: TokenStream,
) -> Vec<TokenStream> {
    let text = doc::text(about);
    let allow = doc::allow_deprecated(deprecated(faults));
    let variants = joined(faults.iter().map(|fault| {
        let name = &fault.record.name;
        let text = doc::doc(&fault.record.doc.summary());
        quote!(#text #name(crate::types::error::#name),)
    }));
    let arms = joined(faults.iter().map(|fault| {
        let name = &fault.record.name;
        quote!(Self::#name(fault) => fault,)
    }));
    let sizes = faults.iter().any(|fault| is_bulky(fault)).then(|| {
        template! {
            #[allow(clippy::large_enum_variant, reason = "an error that holds much is not boxed")]
        }
    });
    let definition = template! { [text, allow, sizes, name, variants, DO_NOT_MATCH] =>
        #text
        #allow
        #sizes
        #[non_exhaustive]
        pub enum #name {
            #variants
            /// An error that the model does not describe, or a failure on the way. Its code, where the service gave one, is
            /// [told](crate::error::ProvideErrorMetadata) by the enum.
            #[deprecated(note = #DO_NOT_MATCH)]
            Unhandled(::farrier_runtime::internal::Unhandled),
        }
    };
    let methods = template! { [name, methods, arms] =>
        #[allow(deprecated)]
        impl #name {
            #methods
            #[inline]
            fn fault(&self) -> &(dyn ::farrier_runtime::internal::Fault + 'static) {
                match self {
                    #arms
                    Self::Unhandled(fault) => fault,
                }
            }
        }
    };
    let mut items = vec![definition, methods];
    items.extend(traits(name));
    items
}

/// Traits that ask what the variant holds. Deriving `Debug` would take twenty times as long to compile.
fn traits(name: &TokenStream) -> [TokenStream; 4] {
    [
        template! { [name] =>
            impl ::std::fmt::Debug for #name {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    self.fault().debug_variant(f)
                }
            }
        },
        template! { [name] =>
            impl ::std::fmt::Display for #name {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Display::fmt(self.fault(), f)
                }
            }
        },
        template! { [name] =>
            impl ::farrier_runtime::error::ProvideErrorMetadata for #name {
                #[inline]
                fn meta(&self) -> &crate::error::ErrorMetadata {
                    self.fault().meta()
                }
            }
        },
        template! { [name] =>
            impl ::farrier_runtime::error::RequestId for #name {
                #[inline]
                fn request_id(&self) -> ::std::option::Option<&str> {
                    ::farrier_runtime::error::RequestId::request_id(self.fault().meta())
                }
            }
        },
    ]
}

/// `Error` with this expression for its source.
pub(super) fn source(name: &TokenStream, source: TokenStream) -> TokenStream {
    template! { [name, source] =>
        impl ::std::error::Error for #name {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                #source
            }
        }
    }
}

/// The faults with these names.
pub(super) fn of<'a>(api: &'a Api, names: &[Name]) -> Vec<&'a Fault> {
    names
        .iter()
        .filter_map(|name| api.faults.iter().find(|fault| fault.record.name == *name))
        .list()
}

/// Whether naming one of them needs leave.
pub(super) fn deprecated(faults: &[&Fault]) -> bool {
    faults.iter().any(|fault| fault.record.deprecated.is_some())
}
