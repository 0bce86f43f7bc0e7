//! The values that inputs and outputs are made of.

pub use aws_smithy_types::date_time::{ConversionError, Format as DateTimeFormat};
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
