// Builds values without what they require.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::types::{KeyMetadata, Tag, XksKeyConfigurationType};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    println!("{:?}", Tag::builder().tag_key("a").tag_value("b").build()?);
    let error = Tag::builder().tag_key("a").build().expect_err("no value");
    println!("{}", error.to_string().starts_with("tag_value was missing"));
    let error = KeyMetadata::builder().build().expect_err("no id");
    println!("{}", error.to_string().starts_with("key_id was missing"));
    println!("{:?}", XksKeyConfigurationType::builder().id("x").build());
    println!(
        "{:?}",
        aws_sdk_kms::Error::from(Tag::builder().build().expect_err("empty"))
            .to_string()
            .is_empty()
    );
    Ok(())
}
