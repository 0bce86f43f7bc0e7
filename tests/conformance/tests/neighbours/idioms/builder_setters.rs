// Fills a builder in all ways.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::operation::create_key::CreateKeyInput;
use aws_sdk_kms::types::Tag;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let tag = |key: &str| Tag::builder().tag_key(key).tag_value("v").build();
    let builder = CreateKeyInput::builder()
        .description("first")
        .set_description(Some("second".to_owned()))
        .tags(tag("a")?)
        .tags(tag("b")?)
        .multi_region(true);
    println!(
        "{:?} {:?} {:?}",
        builder.get_description(),
        builder.get_tags(),
        builder.get_multi_region()
    );
    let input = builder
        .set_tags(None)
        .key_usage("SIGN_VERIFY".into())
        .build()?;
    println!("{input:?}");
    println!(
        "{:?} {:?} {:?}",
        input.tags(),
        input.key_usage(),
        input.policy()
    );
    Ok(())
}
