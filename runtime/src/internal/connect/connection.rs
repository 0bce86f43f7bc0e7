//! What the connection is that a request is sent on, for whoever asks.

use crate::http::SdkBody;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use hyper_util::client::legacy::connect::{CaptureConnection, HttpInfo, capture_connection};

/// Sees to it that a request which asks for its connection is told, once it has one.
pub(super) fn tell(request: &mut http::Request<SdkBody>) {
    let asks = request.extensions().get::<CaptureSmithyConnection>();
    if let Some(asks) = asks.cloned() {
        let connection = capture_connection(request);
        asks.set_connection_retriever(move || metadata(&connection));
    }
}

fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    let to_close = connection.clone();
    let connected = connection.connection_metadata();
    let connected = connected.as_ref()?;
    let mut extras = http::Extensions::new();
    connected.get_extras(&mut extras);
    let addresses = extras.get::<HttpInfo>();
    let mut metadata = ConnectionMetadata::builder()
        .proxied(connected.is_proxied())
        .poison_fn(move || {
            if let Some(connected) = to_close.connection_metadata().as_ref() {
                connected.poison();
            }
        });
    metadata
        .set_remote_addr(addresses.map(HttpInfo::remote_addr))
        .set_local_addr(addresses.map(HttpInfo::local_addr));
    Some(metadata.build())
}
