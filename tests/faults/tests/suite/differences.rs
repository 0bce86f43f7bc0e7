//! Where callers of the two clients see different things, and why.

/// Reasons, and the faults that they are of.
pub(crate) const DIFFERENCES: &[(&str, &[&str])] = &[
    (
        "A body that stands still is given up after the grace period and not later; the official client first measures for \
         seconds how fast it comes.",
        &[
            "one byte in five seconds of a body",
            "stands still after the head",
            "stands still within the body",
            "no last chunk, and it stays open",
        ],
    ),
    (
        "An answer larger than 64 MiB is refused, and where its length is announced before anything of it is read; no answer \
         of AWS JSON is so large, and the official client takes all of it into memory. It is not asked for again, as the \
         service did its work.",
        &[
            "1 GB promised, 64 kB sent",
            "70 MB sent",
            "70 MB sent in chunks",
        ],
    ),
    (
        "A signature that was refused for its time is made anew once, at the time that the service tells: that helps, or \
         nothing of the kind will. The official client tries until its attempts are used up.",
        &["403 signed at another time, each time"],
    ),
    (
        "A message without a code is told; the official client drops it.",
        &["400 JSON without a code"],
    ),
    (
        "A code in the header counts although the body is no JSON, as the protocol says that the header goes first; the \
         official client forgets it then.",
        &["400 code in the header, body HTML"],
    ),
];
