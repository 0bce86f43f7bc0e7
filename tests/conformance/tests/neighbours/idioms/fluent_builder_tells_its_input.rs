// Reads back what a call was given.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::Client;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let client = Client::new(config);
    let call = client
        .create_grant()
        .key_id("k-1")
        .set_grantee_principal(Some("arn:aws:iam::111122223333:role/app".into()))
        .set_operations(Some(vec!["Decrypt".into(), "Encrypt".into()]));
    println!("{:?} {:?}", call.get_key_id(), call.get_operations());
    println!("{:?}", call.as_input().clone().build()?);
    let call = call.set_key_id(None);
    println!("{:?}", call.as_input().get_key_id());
    Ok(())
}
