//! Where a call goes: what a resolver gets and gives, and the functions that endpoint rules call.
//!
//! The generator compiles a service's rules into Rust; the functions of the rules engine that are more than an operator
//! (`isSet`, `not`, `stringEquals`, `booleanEquals`, `getAttr` of a field, `coalesce` and `ite` are operators) stand here:
//! those of the [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) and
//! [those of AWS](https://smithy.io/2.0/aws/rules-engine/library-functions.html). What the specification calls an empty
//! optional is `None`.

mod arn;
mod host;
mod partition;
mod text;
mod url;

pub use self::arn::{Arn, parse_arn};
pub use self::host::{is_valid_host_label, is_virtual_hostable_s3_bucket};
pub use self::partition::{Partition, aws_partition};
pub use self::text::{element, split, substring, uri_encode};
pub use self::url::{Url, parse_url};

pub use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
pub use aws_smithy_types::endpoint::{Endpoint, EndpointAuthScheme};
