//! Bodies that `Debug` does not show.

use crate::http::{HttpResponse, SdkBody};

/// The same body in memory, but `Debug` does not show its bytes; whoever asks for them with `bytes` gets them.
///
/// What is sent or answered may hold a key in plain text, or a password that a service repeats in an error.
pub(super) fn hidden(body: SdkBody) -> SdkBody {
    // A body that could be a stream is not looked into.
    body.map_preserve_contents(SdkBody::from_body_1_x)
}

/// Hides the body of an answer, when it is in memory.
pub(super) fn hide_body(response: &mut HttpResponse) {
    if !response.body().is_streaming() {
        *response.body_mut() = hidden(response.take_body());
    }
}
