//! HTTP that is none, or whose lengths do not fit.

use super::{Fault, KEYS, answer, good, half, raw, with_head};
use crate::Step;

pub(super) fn faults() -> Vec<Fault> {
    [lengths(), chunks(), heads(), informational()].concat()
}

/// An answer in chunks, as they are given.
fn chunked(chunks: impl AsRef<[u8]>) -> Vec<u8> {
    [
        &raw("200 OK", "Transfer-Encoding: chunked")[..],
        chunks.as_ref(),
    ]
    .concat()
}

/// A length in hexadecimal digits and the bytes.
fn chunk(bytes: &str) -> String {
    format!("{:x}\r\n{bytes}\r\n", bytes.len())
}

/// An answer that says its length so.
fn announced(length: &str) -> Vec<u8> {
    [&raw("200 OK", length)[..], KEYS.as_bytes()].concat()
}

fn lengths() -> Vec<Fault> {
    vec![
        Fault::last_answer("Content-Length too small", announced("Content-Length: 20")),
        Fault::last_answer("Content-Length too large", announced("Content-Length: 100")),
        Fault::last_answer(
            "Content-Length no number",
            announced("Content-Length: many"),
        ),
        Fault::last_answer("Content-Length negative", announced("Content-Length: -1")),
        Fault::last_answer(
            "Content-Length larger than 64 bits",
            announced("Content-Length: 99999999999999999999"),
        ),
        Fault::last_answer(
            "two Content-Lengths",
            announced("Content-Length: 44\r\nContent-Length: 20"),
        ),
        Fault::last_answer(
            "Content-Length twice the same",
            announced("Content-Length: 44\r\nContent-Length: 44"),
        )
        .harmless(),
        Fault::last_answer("no length, closed at the end", announced("x-nothing: 1")).harmless(),
        Fault::new(
            "no length, closed within the body",
            [
                Step::Receive,
                Step::Send([raw("200 OK", "x-nothing: 1"), half(KEYS.as_bytes())].concat()),
            ],
        ),
        Fault::new(
            "no length, reset within the body",
            [
                Step::Receive,
                Step::Send([raw("200 OK", "x-nothing: 1"), half(KEYS.as_bytes())].concat()),
                Step::Pause(super::LIMIT / 20),
                Step::Reset,
            ],
        ),
        Fault::new(
            "1 GB promised, 64 kB sent",
            [
                Step::Receive,
                Step::Send(raw("200 OK", "Content-Length: 1073741824")),
                Step::Flood(vec![b' '; 65536], 1),
                Step::Hold,
            ],
        ),
        Fault::new(
            "70 MB sent",
            [
                Step::Receive,
                Step::Send(raw("200 OK", "Content-Length: 71303170")),
                Step::Flood(vec![b' '; 1 << 20], 68),
                Step::send("{}"),
            ],
        ),
        Fault::new(
            "70 MB sent in chunks",
            [
                Step::Receive,
                Step::Send(chunked("")),
                Step::Flood(
                    [
                        b"100000\r\n".to_vec(),
                        vec![b' '; 1 << 20],
                        b"\r\n".to_vec(),
                    ]
                    .concat(),
                    68,
                ),
                Step::send("2\r\n{}\r\n0\r\n\r\n"),
            ],
        ),
    ]
}

fn chunks() -> Vec<Fault> {
    let whole = chunk(KEYS);
    vec![
        Fault::last_answer(
            "chunks with extensions and trailers",
            chunked(format!(
                "{:x};a=b\r\n{KEYS}\r\n0\r\nx-trailer: 1\r\n\r\n",
                KEYS.len()
            )),
        )
        .harmless(),
        Fault::last_answer(
            "a chunk length that is none",
            chunked(format!("many\r\n{KEYS}\r\n0\r\n\r\n")),
        ),
        Fault::last_answer(
            "a chunk length beyond 64 bits",
            chunked(format!("fffffffffffffffff\r\n{KEYS}")),
        ),
        Fault::last_answer(
            "a chunk longer than it says",
            chunked(format!("5\r\n{KEYS}\r\n0\r\n\r\n")),
        ),
        Fault::last_answer("no last chunk", chunked(&whole)),
        Fault::new(
            "no last chunk, and it stays open",
            [Step::Receive, Step::Send(chunked(&whole)), Step::Hold],
        ),
        Fault::last_answer("closed within a chunk", chunked(half(whole.as_bytes()))),
        Fault::last_answer(
            "a length and chunks",
            [
                raw("200 OK", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
                format!("{whole}0\r\n\r\n").into_bytes(),
            ]
            .concat(),
        )
        .harmless(),
        Fault::last_answer(
            "an encoding of transfer that nobody knows",
            [raw("200 OK", "Transfer-Encoding: secret"), KEYS.into()].concat(),
        )
        .harmless(),
    ]
}

fn heads() -> Vec<Fault> {
    let header = |name: &str, length: usize| format!("{name}: {}\r\n", "x".repeat(length));
    let old = [b"HTTP/1.0", &good()[8..]].concat();
    let many: String = (0..10_000)
        .map(|at| header(&format!("x-{at}"), 8))
        .collect();
    vec![
        Fault::last_answer("not HTTP", "SSH-2.0-OpenSSH_9.6\r\n"),
        Fault::last_answer(
            "binary from the first byte",
            (0..=255).cycle().take(4096).collect::<Vec<u8>>(),
        ),
        Fault::last_answer("HTTP/1.0", old).harmless(),
        Fault::last_answer(
            "HTTP/2 unasked for",
            b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80\0\x04\0\x01\0\0\0\x05\0\xff\xff\xff".to_vec(),
        ),
        Fault::last_answer("a status of two digits", answer("20 OK", KEYS)),
        Fault::last_answer("a status of 1000", answer("1000 OK", KEYS)),
        Fault::last_answer("a status without a reason", answer("200", KEYS)).harmless(),
        Fault::last_answer(
            "a header without a colon",
            with_head("200 OK", "nothing here", KEYS),
        ),
        Fault::last_answer("NUL in a header", with_head("200 OK", "x-odd: a\0b", KEYS)),
        Fault::last_answer(
            "a header that is no UTF-8",
            [
                &b"HTTP/1.1 200 OK\r\nx-odd: \xff\xfe\r\nContent-Length: 44\r\n\r\n"[..],
                KEYS.as_bytes(),
            ]
            .concat(),
        )
        .harmless(),
        Fault::last_answer(
            "a header of 100 kB",
            with_head("200 OK", header("x-long", 100_000).trim_end(), KEYS),
        )
        .harmless(),
        Fault::last_answer(
            "a header of 2 MB",
            with_head("200 OK", header("x-long", 2 << 20).trim_end(), KEYS),
        ),
        Fault::last_answer("10,000 headers", with_head("200 OK", many.trim_end(), KEYS)),
    ]
}

fn informational() -> Vec<Fault> {
    let after = |status| [raw(status, "x-nothing: 1"), good()].concat();
    vec![
        Fault::last_answer("100 Continue, then the answer", after("100 Continue")).harmless(),
        Fault::last_answer("100 Continue twice, then the answer", {
            [raw("100 Continue", "x-nothing: 1"), after("100 Continue")].concat()
        })
        .harmless(),
        Fault::last_answer("103 Early Hints, then the answer", after("103 Early Hints")).harmless(),
        Fault::new(
            "100 Continue and nothing else",
            [
                Step::Receive,
                Step::send("HTTP/1.1 100 Continue\r\n\r\n"),
                Step::Hold,
            ],
        ),
        Fault::last_answer(
            "101 Switching Protocols",
            raw(
                "101 Switching Protocols",
                "Upgrade: chat\r\nConnection: upgrade",
            ),
        ),
    ]
}
