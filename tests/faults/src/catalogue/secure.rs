//! TLS that clients must not go on with.

use super::{Address, Fault, good};
use crate::{Certificate, Step};

pub(super) fn faults() -> Vec<Fault> {
    let shows = |name, certificate| {
        let steps = [
            Step::Handshake(certificate),
            Step::Receive,
            Step::Send(good()),
        ];
        Fault::new(name, steps).at(Address::Https)
    };
    let instead = |name, steps: Vec<Step>| Fault::new(name, steps).at(Address::Https);
    vec![
        shows("TLS: a good certificate", Certificate::Good).harmless(),
        shows("TLS: a certificate of another name", Certificate::WrongName),
        shows("TLS: an expired certificate", Certificate::Expired),
        shows("TLS: a certificate of the future", Certificate::NotYetValid),
        shows("TLS: a self-signed certificate", Certificate::SelfSigned),
        shows(
            "TLS: a certificate of an unknown authority",
            Certificate::UnknownAuthority,
        ),
        instead(
            "TLS: the service speaks plain HTTP",
            vec![Step::Send(good()), Step::Hold],
        ),
        instead("TLS: closed before the handshake", Vec::new()),
        instead("TLS: reset before the handshake", vec![Step::Reset]),
        instead("TLS: never shakes hands", vec![Step::Hold]),
        // Record type 21, version 1.2, 2 bytes: fatal, handshake_failure.
        instead(
            "TLS: the handshake is refused",
            vec![Step::Send(vec![21, 3, 3, 0, 2, 2, 40]), Step::Hold],
        ),
        instead(
            "TLS: closed within the answer",
            vec![
                Step::Handshake(Certificate::Good),
                Step::Receive,
                Step::Send(super::half(&good())),
            ],
        ),
    ]
}
