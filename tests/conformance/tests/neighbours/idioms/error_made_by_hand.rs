// Makes errors, as a double of the service does.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::error::ErrorMetadata;
use aws_sdk_kms::error::ProvideErrorMetadata;
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::types::error::NotFoundException;

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let generic = DecryptError::generic(
        ErrorMetadata::builder()
            .code("Odd")
            .message("so odd")
            .build(),
    );
    println!(
        "{:?} {:?} {}",
        generic.code(),
        generic.message(),
        generic.is_not_found_exception()
    );
    let unhandled = DecryptError::unhandled("broken");
    println!(
        "{:?} {}",
        unhandled.code(),
        unhandled.is_not_found_exception()
    );
    let modeled =
        DecryptError::NotFoundException(NotFoundException::builder().message("gone").build());
    println!("{modeled:?} {}", modeled.is_not_found_exception());
    let meta = ErrorMetadata::builder().code("NotFoundException").build();
    println!("{:?}", NotFoundException::builder().meta(meta).build());
    Ok(())
}
