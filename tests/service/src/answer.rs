//! The bodies of answers: JSON with a choice of number form, and a body that can break off in the middle.

use hyper::body::{Body, Bytes, Frame, SizeHint};
use serde::Serialize;
use serde_json::{Value, ser::Formatter};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// How `CreationDate` is written. Both are JSON numbers of epoch seconds, and a client must read either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreationDates {
    /// `1785585600.25`.
    #[default]
    Decimal,
    /// `1.78558560025E9`, the form in which KMS's own documentation shows it.
    Exponent,
}

/// Writes an answer's JSON. Only dates are floats in these answers, so the form of floats is the form of dates.
pub(crate) fn render(value: &Value, dates: CreationDates) -> Vec<u8> {
    match dates {
        CreationDates::Decimal => value.to_string().into_bytes(),
        CreationDates::Exponent => {
            let mut bytes = Vec::new();
            let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, ExponentFloats);
            // Writing a `Value` to memory has no way to fail; an empty body would show in any test.
            if value.serialize(&mut serializer).is_err() {
                bytes.clear();
            }
            bytes
        }
    }
}

struct ExponentFloats;

impl Formatter for ExponentFloats {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        write!(writer, "{value:E}")
    }
}

/// An answer's body: sent whole, or cut off half-way by an error that makes hyper close the connection.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    announced: u64,
    left: Option<Bytes>,
    end: End,
}

/// What follows the bytes of a body.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Proper,
    /// An error, but one turn later, so that hyper has sent the bytes before it hears of it.
    CutSoon,
    Cut,
}

impl AnswerBody {
    pub(crate) fn whole(bytes: Vec<u8>) -> Self {
        let left = (!bytes.is_empty()).then(|| bytes.into());
        Self {
            announced: left.as_ref().map_or(0, |bytes: &Bytes| bytes.len() as u64),
            left,
            end: End::Proper,
        }
    }

    /// A body that announces all of `bytes` and sends the first half.
    pub(crate) fn cut(mut bytes: Vec<u8>) -> Self {
        let announced = bytes.len() as u64;
        bytes.truncate(bytes.len() / 2);
        Self {
            announced,
            left: Some(bytes.into()),
            end: End::CutSoon,
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.left.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.end {
            End::Proper => Poll::Ready(None),
            End::CutSoon => {
                self.end = End::Cut;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Cut => Poll::Ready(Some(Err(io::Error::other(
                "the answer is cut here, as the test asked",
            )))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_none() && self.end == End::Proper
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_have_the_form_asked_for() {
        let value = json!({"CreationDate": 1_785_585_600.25, "N": 3, "Truncated": false});
        let text = |dates| String::from_utf8(render(&value, dates)).unwrap();
        assert_eq!(
            text(CreationDates::Decimal),
            r#"{"CreationDate":1785585600.25,"N":3,"Truncated":false}"#
        );
        assert_eq!(
            text(CreationDates::Exponent),
            r#"{"CreationDate":1.78558560025E9,"N":3,"Truncated":false}"#
        );
    }
}
