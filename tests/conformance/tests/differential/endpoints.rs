//! Requests go to the same hosts, signed for the same region.

use crate::setup::{INVOCATION_ID, Setup, agree, block_on, pairs};
use farrier_conformance::{Outcome, Seen};

const REGIONS: [Option<&str>; 18] = [
    None,
    Some("us-east-1"),
    Some("eu-central-1"),
    Some("ap-southeast-7"),
    Some("mars-north-1"),
    Some("us-gov-west-1"),
    Some("us-gov-mars-9"),
    Some("cn-north-1"),
    Some("cn-mars-9"),
    Some("us-iso-east-1"),
    Some("us-isob-east-1"),
    Some("eu-isoe-west-1"),
    Some("us-isof-south-1"),
    Some("eusc-de-east-1"),
    Some("aws-global"),
    Some("EU-CENTRAL-1"),
    Some("example.com/#"),
    Some(""),
];

const ENDPOINTS: [Option<&str>; 5] = [
    None,
    Some("http://127.0.0.1:4566"),
    Some("https://kms.example.com/some/path"),
    Some("https://kms.example.com/some/path/?query=1"),
    Some("no url"),
];

const CHOICES: [Option<bool>; 3] = [None, Some(false), Some(true)];

fn setups() -> Vec<Setup> {
    let mut setups = Vec::new();
    for region in REGIONS {
        for endpoint_url in ENDPOINTS {
            for use_fips in CHOICES {
                for use_dual_stack in CHOICES {
                    setups.push(Setup {
                        region,
                        endpoint_url,
                        use_fips,
                        use_dual_stack,
                        pins_headers: true,
                        ..Setup::plain()
                    });
                }
            }
        }
    }
    setups
}

/// The request that went out, or the kind of the error.
fn seen(setup: &Setup, outcome: Outcome) -> Result<Seen, String> {
    let mut sent = setup.transport.seen().pop();
    if let Some(request) = &mut sent {
        request.headers.remove(INVOCATION_ID);
    }
    sent.ok_or_else(|| outcome.result.expect_err("nothing was sent").kind)
}

#[test]
fn hosts_are_the_same() {
    let pairs = pairs();
    let (official_call, our_call) = &pairs[0];
    let mut differences = Vec::new();
    for setup in setups() {
        let theirs = block_on((official_call.send)(&crate::official::client(&setup)));
        let theirs = seen(&setup, theirs);
        let mine = block_on((our_call.send)(&crate::ours::client(&setup)));
        let mine = seen(&setup, mine);
        if theirs != mine {
            differences.push(format!(
                "{setup:?}\n  official {theirs:?}\n  ours     {mine:?}"
            ));
        }
    }
    agree(&differences);
}
