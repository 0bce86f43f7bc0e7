//! Connections that are refused, break, stand still or are stale.

use super::{Address, Fault, KEYS, LIMIT, Limits, good, half, raw};
use crate::Step;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

pub(super) fn faults() -> Vec<Fault> {
    [opening(), breaking(), standing_still(), stale()].concat()
}

fn opening() -> Vec<Fault> {
    vec![
        Fault::new("nobody listens", []).at(Address::Closed),
        Fault::new("the name does not resolve", []).at(Address::Unresolvable),
        Fault::new("reset when it is accepted", [Step::Reset]),
        Fault::new("closed when it is accepted", []),
        Fault::new("reset when it is accepted, then well", [Step::Reset])
            .then([Step::Receive, Step::Send(good())])
            .harmless(),
    ]
}

fn breaking() -> Vec<Fault> {
    let head = raw("200 OK", "Content-Length: 44");
    let begun = || [head.clone(), half(KEYS.as_bytes())].concat();
    vec![
        Fault::new("reset before the head", [Step::Receive, Step::Reset]),
        Fault::new("closed before the head", [Step::Receive]),
        Fault::new("closed before the head, then well", [Step::Receive])
            .then([Step::Receive, Step::Send(good())])
            .harmless(),
        Fault::new(
            "reset within the head",
            [
                Step::Receive,
                Step::Send(half(&head)),
                Step::Pause(SECOND / 10),
                Step::Reset,
            ],
        ),
        Fault::new(
            "closed within the head",
            [Step::Receive, Step::Send(half(&head))],
        ),
        Fault::new(
            "reset after the head",
            [
                Step::Receive,
                Step::Send(head.clone()),
                Step::Pause(SECOND / 10),
                Step::Reset,
            ],
        ),
        Fault::new(
            "closed after the head",
            [Step::Receive, Step::Send(head.clone())],
        ),
        Fault::new(
            "reset within the body",
            [
                Step::Receive,
                Step::Send(begun()),
                Step::Pause(SECOND / 10),
                Step::Reset,
            ],
        ),
        Fault::new(
            "closed within the body (truncated)",
            [Step::Receive, Step::Send(begun())],
        ),
        Fault::new(
            "closed within the body, then well",
            [Step::Receive, Step::Send(begun())],
        )
        .then([Step::Receive, Step::Send(good())])
        .harmless(),
        Fault::new(
            "half-closed before the head",
            [Step::Receive, Step::HalfClose, Step::Hold],
        ),
        Fault::new(
            "half-closed within the body",
            [
                Step::Receive,
                Step::Send(begun()),
                Step::HalfClose,
                Step::Hold,
            ],
        ),
        Fault::new(
            "half-closed after the answer",
            [
                Step::Receive,
                Step::Send(good()),
                Step::HalfClose,
                Step::Hold,
            ],
        )
        .harmless(),
    ]
}

fn standing_still() -> Vec<Fault> {
    let head = raw("200 OK", "Content-Length: 44");
    let endless = raw("200 OK", "Content-Length: 1000");
    let slow = |apart| Step::Drip(vec![b' '; 1000], apart);
    vec![
        Fault::new("never answers", [Step::Receive, Step::Hold]),
        Fault::new("never reads, never answers", [Step::Pause(30 * SECOND)]),
        Fault::new(
            "never answers, limit on the operation",
            [Step::Receive, Step::Hold],
        )
        .limited(Limits::Operation),
        Fault::new(
            "never answers, no limit is set",
            [Step::Receive, Step::Hold],
        )
        .limited(Limits::Caller),
        Fault::new(
            "never answers the first request, then well",
            [Step::Receive, Step::Hold],
        )
        .then([Step::Receive, Step::Send(good())])
        .harmless(),
        Fault::new(
            "one byte a second of the head",
            [Step::Receive, Step::Drip(good(), SECOND)],
        ),
        Fault::new(
            "one byte a second of the body, until it is there",
            [
                Step::Receive,
                Step::Send(raw("200 OK", "Content-Length: 11")),
                Step::Drip(br#"{"Keys":[]}"#.to_vec(), SECOND),
            ],
        )
        .harmless(),
        Fault::new(
            "one byte a second of a body without end, limit on the operation",
            [Step::Receive, Step::Send(endless.clone()), slow(SECOND)],
        )
        .limited(Limits::Operation),
        Fault::new(
            "one byte a second of a body without end, limit on the attempt",
            [Step::Receive, Step::Send(endless.clone()), slow(SECOND)],
        )
        .limited(Limits::Attempt),
        Fault::new(
            "one byte in five seconds of a body",
            [Step::Receive, Step::Send(endless), slow(5 * SECOND)],
        ),
        Fault::new(
            "stands still after the head",
            [Step::Receive, Step::Send(head.clone()), Step::Hold],
        ),
        Fault::new(
            "stands still within the body",
            [
                Step::Receive,
                Step::Send([head, half(KEYS.as_bytes())].concat()),
                Step::Hold,
            ],
        ),
        Fault::new(
            "pauses within the limits",
            [Step::Receive, Step::Pause(LIMIT / 4), Step::Send(good())],
        )
        .harmless(),
    ]
}

/// The first call gets an output, and leaves its connection in the pool.
fn stale() -> Vec<Fault> {
    let well = || [Step::Receive, Step::Send(good())];
    let after = |steps: &[Step]| [&well()[..], steps].concat();
    vec![
        Fault::new("closed while it was idle", well())
            .in_call(2)
            .harmless(),
        Fault::new(
            "reset while it was idle",
            after(&[Step::Pause(SECOND / 50), Step::Reset]),
        )
        .then(well())
        .in_call(2)
        .harmless(),
        Fault::new("closed at its second request", after(&[Step::Receive]))
            .then(well())
            .in_call(2)
            .harmless(),
        Fault::new(
            "reset at its second request",
            after(&[Step::Receive, Step::Reset]),
        )
        .then(well())
        .in_call(2)
        .harmless(),
        Fault::new(
            "never answers its second request",
            after(&[Step::Receive, Step::Hold]),
        )
        .in_call(2)
        .then(well())
        .harmless(),
        Fault::new(
            "answers the first request twice",
            [
                Step::Receive,
                Step::Send(
                    [
                        good(),
                        super::answer("200 OK", r#"{"Keys":[{"KeyId":"of the first call"}]}"#),
                    ]
                    .concat(),
                ),
                Step::Receive,
                Step::Send(good()),
            ],
        )
        .then(well())
        .in_call(2)
        .harmless(),
        Fault::new(
            "answers once more while it is idle",
            after(&[
                Step::Pause(SECOND / 50),
                Step::Send(super::answer(
                    "200 OK",
                    r#"{"Keys":[{"KeyId":"of the first call"}]}"#,
                )),
                Step::Receive,
                Step::Send(good()),
            ]),
        )
        .then(well())
        .in_call(2)
        .harmless(),
    ]
}
