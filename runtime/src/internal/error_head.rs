//! The head of an error answer: which error it is, what the service says about it, and the request's id.

use crate::error::{ErrorMetadata, RequestId};
use crate::http::HttpResponse;
use crate::json::{Error, ReadMember, Reader};
use aws_types::request_id::apply_request_id;
use std::borrow::Cow;

/// Where the metadata of an error without a code keeps the HTTP status.
pub(super) const STATUS: &str = "http_status";

/// Where the metadata of an error with another code keeps the name of its shape.
pub(crate) const SHAPE: &str = "shape";

/// An answer that is an error, with its head already read.
///
/// The code is read as the
/// [AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization) say:
/// from the header `X-Amzn-Errortype`, then from the body's string members `code` and `__type`.
#[derive(Debug)]
pub struct ErrorResponse<'a> {
    response: &'a HttpResponse,
    body: &'a [u8],
    code: Option<String>,
    message: Option<String>,
    query_compatible: bool,
}

/// What the body says about itself.
#[derive(Debug, Default)]
struct Head {
    code: Option<String>,
    /// `__type`.
    kind: Option<String>,
    message: Option<String>,
}

impl<'a> ErrorResponse<'a> {
    /// Reads the head. A body that is empty or not JSON has neither code nor message.
    pub fn new(response: &'a HttpResponse, body: &'a [u8], query_compatible: bool) -> Self {
        let body_says = read_body(body).unwrap_or_default();
        let header = response.headers().get("x-amzn-errortype");
        // What says nothing once it is cut is passed over, like what is not there.
        let codes = [header, body_says.code.as_deref(), body_says.kind.as_deref()];
        let mut codes = codes.into_iter().flatten().map(short_code);
        let code = codes.find(|code| !code.is_empty()).map(String::from);
        Self {
            response,
            body,
            code,
            message: body_says.message,
            query_compatible,
        }
    }

    /// The name of the error's shape: what stands after the last `#` and before the first `:`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The body's `message`, `Message` or `errorMessage`, when it is a string.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The bytes of the body, possibly none and possibly not JSON.
    pub(crate) fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Reads the members of the error, as far as they can be read.
    #[inline]
    pub fn read_members<B>(&self, error: &mut B, member: ReadMember<B>) {
        let mut reader = Reader::new(self.body());
        // The code has told which error it is; a member that is not as it should be does not change that.
        reader.object(error, member).ok();
    }

    /// The HTTP status, such as 400.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The request's id, from `x-amzn-requestid` or `x-amz-request-id`.
    pub fn request_id(&self) -> Option<&'a str> {
        self.response.headers().request_id()
    }

    /// Code, message and request id, as [`ProvideErrorMetadata`](crate::error::ProvideErrorMetadata) and [`RequestId`] tell
    /// them; where there is no code, the status as the extra `http_status`. For an `awsQueryCompatible` service the code is
    /// the one of the header `x-amzn-query-error`, and the name of the shape the extra `shape`.
    pub fn metadata(&self) -> ErrorMetadata {
        let mut builder = ErrorMetadata::builder();
        match self.query_error() {
            Some((code, fault)) => {
                builder = builder.code(code).custom("type", fault);
                if let Some(shape) = self.code() {
                    builder = builder.custom(SHAPE, shape);
                }
            }
            None => {
                builder = match self.code() {
                    Some(code) => builder.code(code),
                    // Something on the way answered; the status is all that is known then.
                    None => builder.custom(STATUS, self.status().to_string()),
                }
            }
        }
        if let Some(message) = self.message() {
            builder = builder.message(message);
        }
        apply_request_id(builder, self.response.headers()).build()
    }

    fn query_error(&self) -> Option<(&str, &str)> {
        if !self.query_compatible {
            return None;
        }
        self.response
            .headers()
            .get("x-amzn-query-error")?
            .split_once(';')
    }
}

/// Cuts `aws.protocoltests#FooError:http://internal/` to `FooError`.
fn short_code(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, name)| name).trim()
}

fn read_body(body: &[u8]) -> Result<Head, Error> {
    let mut head = Head::default();
    let mut reader = Reader::new(body);
    if !body.is_empty() && reader.begin_object()? {
        while let Some(key) = reader.next_key()? {
            let place = match Cow::as_ref(&key) {
                "code" => &mut head.code,
                "__type" => &mut head.kind,
                "message" | "Message" | "errorMessage" => &mut head.message,
                _ => {
                    reader.skip_value()?;
                    continue;
                }
            };
            // A member of another type is some service's own and says nothing here.
            if let Some(text) = reader.text_or_skip()? {
                *place = Some(text.into_owned());
            }
        }
    }
    reader.finish()?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::SdkBody;

    fn answer(headers: &[(&'static str, &'static str)]) -> HttpResponse {
        let mut response = HttpResponse::new(400.try_into().expect("a status"), SdkBody::empty());
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        response
    }

    #[track_caller]
    fn check(
        headers: &[(&'static str, &'static str)],
        body: &str,
        code: Option<&str>,
        message: Option<&str>,
    ) {
        let response = answer(headers);
        let error = ErrorResponse::new(&response, body.as_bytes(), false);
        assert_eq!(error.code(), code);
        assert_eq!(error.message(), message);
        assert_eq!(error.metadata().code(), code);
        assert_eq!(error.metadata().message(), message);
    }

    #[test]
    fn the_header_wins_over_the_body() {
        check(
            &[("x-amzn-errortype", "A:http://x/")],
            r#"{"code":"B","__type":"C"}"#,
            Some("A"),
            None,
        );
        check(
            &[],
            r#"{"__type":"ns#C","code":"ns#B:http://x/"}"#,
            Some("B"),
            None,
        );
        check(
            &[],
            r#"{"__type":"ns#C","message":"m"}"#,
            Some("C"),
            Some("m"),
        );
    }

    #[test]
    fn codes_that_say_nothing_are_passed_over() {
        check(
            &[("x-amzn-errortype", "")],
            r#"{"__type":"C"}"#,
            Some("C"),
            None,
        );
        check(
            &[("x-amzn-errortype", ":http://x/")],
            r##"{"code":"ns#","__type":"ns#C"}"##,
            Some("C"),
            None,
        );
        check(&[], r#"{"code":" ","__type":""}"#, None, None);
    }

    #[test]
    fn members_of_another_type_are_passed_over() {
        check(
            &[],
            r#"{"code":7,"__type":"C","Message":"m"}"#,
            Some("C"),
            Some("m"),
        );
        check(
            &[],
            r#"{"code":{"a":[1]},"__type":"C","message":null}"#,
            Some("C"),
            None,
        );
        // Too large for any type of Rust, but none is asked for.
        check(
            &[],
            r#"{"code":1e400,"__type":"C","message":"m","Message":-1e400}"#,
            Some("C"),
            Some("m"),
        );
    }

    #[test]
    fn any_body_will_do() {
        check(&[], "", None, None);
        check(&[], "<html>busy</html>", None, None);
        check(&[], "{\"code\":", None, None);
        check(&[("x-amzn-errortype", "A")], "<html>", Some("A"), None);
        check(&[], "[]", None, None);
    }

    #[test]
    fn the_request_id_goes_into_the_metadata() {
        let response = answer(&[("x-amzn-requestid", "id-1")]);
        let error = ErrorResponse::new(&response, b"", false);
        assert_eq!(error.request_id(), Some("id-1"));
        assert_eq!(RequestId::request_id(&error.metadata()), Some("id-1"));
    }

    #[test]
    fn a_query_compatible_code_goes_into_the_metadata_only() {
        let response = answer(&[("x-amzn-query-error", "AWS.NonExistent;Sender")]);
        let error = ErrorResponse::new(&response, br#"{"__type":"ns#Missing"}"#, true);
        assert_eq!(error.code(), Some("Missing"));
        assert_eq!(error.metadata().code(), Some("AWS.NonExistent"));
        assert_eq!(error.metadata().extra("type"), Some("Sender"));
        assert!(crate::waiters::is_error(&error.metadata(), "Missing"));
    }
}
