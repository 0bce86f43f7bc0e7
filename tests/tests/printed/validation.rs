//! Inputs that are checked before they are sent: every kind of constraint, what is said of it, and what is kept secret.

mod kinds;

use crate::canned::Canned;
use crate::depot::config::{Builder, Credentials, InputValidation, Region};
use crate::depot::error::{InvalidInput, SdkError, ViolationKind};
use crate::depot::operation::store::StoreInput;
use crate::depot::operation::store::builders::StoreInputBuilder;
use crate::depot::primitives::Blob;
use crate::depot::types::{Box as Crate, Color, Free, Hidden, Lid, Place};
use crate::depot::{Client, Config};
use std::error::Error as _;
use std::fmt::Debug;

/// A client that checks at this level, and what it sends.
fn client(settings: impl Fn(Builder) -> Builder) -> (Canned, Client) {
    let canned = Canned::default();
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .http_client(canned.clone());
    (canned, Client::from_conf(settings(config).build()))
}

fn checking(level: InputValidation) -> (Canned, Client) {
    client(|config| config.validate_input(level))
}

/// What a call was refused for.
fn refusal<E: Debug + std::error::Error + 'static>(error: SdkError<E>) -> InvalidInput {
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    let source = error.source().expect("a source");
    let invalid = source.downcast_ref::<InvalidInput>();
    invalid.unwrap_or_else(|| panic!("{source:?}")).clone()
}

/// What is wrong with an input at this level, as it is told; the input is sent when that is nothing, and only then. It
/// makes no difference whether interceptors look in.
fn faults_at(level: InputValidation, input: StoreInputBuilder) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime");
    let told = [false, true].map(|hooked| {
        let (canned, client) = checking(level);
        canned.answer(200, "{}");
        let result = runtime.block_on(async {
            match hooked {
                false => input.clone().send_with(&client).await,
                true => {
                    let call = client.store().customize().mutate_request(|_| ());
                    replaced(call, input.clone().build().expect("an input"))
                        .send()
                        .await
                }
            }
        });
        let sent = canned.requests().len();
        match result {
            Ok(_) => {
                assert_eq!(sent, 1);
                Vec::new()
            }
            Err(error) => {
                assert_eq!(sent, 0);
                let invalid = refusal(error);
                let violations = invalid.violations().iter();
                let told: Vec<String> = violations.map(ToString::to_string).collect();
                let all = format!("the input of Store is not valid: {}", told.join("; "));
                assert_eq!(invalid.to_string(), all);
                assert_eq!(invalid.operation(), "Store");
                told
            }
        }
    });
    let [plain, hooked] = told;
    assert_eq!(plain, hooked);
    plain
}

type Call = crate::depot::client::customize::CustomizableOperation<
    crate::depot::operation::store::StoreOutput,
    crate::depot::operation::store::StoreError,
    crate::depot::operation::store::builders::StoreFluentBuilder,
>;

/// The call with another input, which an interceptor puts in place of the first.
fn replaced(call: Call, input: StoreInput) -> Call {
    use farrier_runtime::config::{
        BeforeSerializationInterceptorContextMut, ConfigBag, Intercept, RuntimeComponents,
    };
    #[derive(Debug)]
    struct Replace(StoreInput);
    impl Intercept for Replace {
        fn name(&self) -> &'static str {
            "Replace"
        }
        fn modify_before_serialization(
            &self,
            context: &mut BeforeSerializationInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), farrier_runtime::error::BoxError> {
            let input = context.input_mut().downcast_mut::<StoreInput>();
            *input.ok_or("another input")? = self.0.clone();
            Ok(())
        }
    }
    call.interceptor(Replace(input))
}

fn input() -> StoreInputBuilder {
    StoreInput::builder().id("a").token("t")
}

/// What is wrong with an input that has the required members.
#[track_caller]
fn faults(fill: impl FnOnce(StoreInputBuilder) -> StoreInputBuilder) -> Vec<String> {
    faults_at(InputValidation::AllConstraints, fill(input()))
}

#[test]
fn nothing_is_told_of_a_secret() {
    assert_eq!(
        faults(|input| input.pin("1234").key(Blob::new([7; 16]))),
        [""; 0]
    );
    let hidden = Hidden::builder().labels("SECRET", "SECRET").build();
    let told = faults(|input| {
        let input = input
            .pin("SECRET!")
            .key(Blob::new(b"SECRET"))
            .hidden(hidden);
        input.secrets("SECRET!", "SECRET")
    });
    assert_eq!(
        told,
        [
            "`key` must have 16 bytes",
            "`pin` must have 4 to 6 characters",
            "`pin` must match ^[0-9]+$",
            "`secrets[*]` has a key that must have 4 to 6 characters",
            "`secrets[*]` has a key that must match ^[0-9]+$",
            // Only the key is a secret, but values tell of keys.
            "`secrets[*]` must have 1 to 5 characters",
            "`hidden.name` is required and not set",
            "`hidden.labels[*]` has a key that must match ^[a-z]+$",
            "`hidden.labels[*]` must have 1 to 5 characters",
        ]
    );
}

#[test]
fn types_that_hold_themselves_are_walked() {
    let lid = |weight| Lid::builder().weight(weight).build().expect("a lid");
    let inner = Crate::builder().name("").lid(lid(1)).build();
    let unlidded = Crate::builder().build();
    let outer = Crate::builder().lid(lid(11)).inner(inner);
    let outer = outer.boxes(Crate::builder().lid(lid(1)).build());
    let outer = outer.boxes(unlidded).build();
    let told = faults(|input| input.r#box(outer.clone()).place(Place::Box(outer.clone())));
    let expected = ["box", "place.box"].map(|path| {
        [
            format!("`{path}.lid.weight` must be 1 to 10 and is 11"),
            format!("`{path}.inner.name` must have 1 to 5 characters and has 0"),
            format!("`{path}.boxes[1].lid` is required and not set"),
        ]
    });
    assert_eq!(told, expected.concat());
}

#[test]
fn unions_are_walked() {
    assert_eq!(faults(|input| input.place(Place::Nowhere)), [""; 0]);
    assert_eq!(
        faults(|input| input.place(Place::Room("too long".to_owned()))),
        ["`place.room` must have 1 to 5 characters and has 8"]
    );
}

#[test]
fn of_what_goes_deep_nothing_may_be_asked() {
    let free = (0..40).fold(Free::builder().build(), |inner, _| {
        Free::builder().inner(inner).build()
    });
    assert_eq!(faults(|input| input.free(free)), [""; 0]);
}

/// It would take a stack to check, and no service takes it.
#[tokio::test]
async fn what_is_too_deep_to_be_checked_is_not_sent() {
    let deep = (0..200).fold(Free::builder().build(), |inner, _| {
        Free::builder().inner(inner).build()
    });
    let (canned, client) = checking(InputValidation::RequiredMembers);
    let error = client
        .store()
        .id("a")
        .free(deep)
        .send()
        .await
        .expect_err("a refusal");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    let source = error.source().expect("a source").to_string();
    assert!(source.contains("nested too deep"), "{source}");
    assert_eq!(canned.requests().len(), 0);
}

#[test]
fn required_members_alone() {
    let lid = Lid::builder().weight(99).build().expect("a lid");
    let input = StoreInput::builder()
        .name("much too long")
        .pin("x")
        .colors(Color::Red)
        .colors(Color::Red)
        .r#box(
            Crate::builder()
                .lid(lid)
                .boxes(Crate::builder().build())
                .build(),
        )
        .hidden(Hidden::builder().build());
    let told = faults_at(InputValidation::RequiredMembers, input.clone().token("t"));
    assert_eq!(
        told,
        [
            "`id` is required and not set",
            "`hidden.name` is required and not set",
            "`box.boxes[0].lid` is required and not set",
        ]
    );
    // All that is missing is told with the rest.
    let told = faults_at(InputValidation::AllConstraints, input.token("t"));
    assert_eq!(told.len(), 8, "{told:#?}");
}

/// A token that is filled is not missing, nor is a member that has a default.
#[tokio::test]
async fn what_is_filled_is_there() {
    let (canned, client) = checking(InputValidation::AllConstraints);
    canned.answer(200, "{}");
    client.store().id("a").send().await.expect("an answer");
    assert_eq!(canned.requests().len(), 1);
}

/// An operation of which nothing is asked.
#[tokio::test]
async fn nothing_is_asked_of_some() {
    let (canned, client) = checking(InputValidation::AllConstraints);
    canned.answer(200, "{}");
    client.clear().send().await.expect("an answer");
    assert_eq!(canned.requests().len(), 1);
}

#[tokio::test]
async fn off_is_the_default_and_a_call_can_go_without() {
    let (canned, client) = client(|config| config);
    assert_eq!(client.config().validate_input(), None);
    canned.answer(200, "{}");
    client
        .store()
        .name("much too long")
        .send()
        .await
        .expect("an answer");
    let (canned, client) = checking(InputValidation::RequiredMembers);
    let level = client.config().validate_input();
    assert_eq!(level, Some(InputValidation::RequiredMembers));
    let refused = client.store().send().await.expect_err("a refusal");
    let refused = refusal(refused);
    let kinds = refused.violations().iter().map(|one| one.kind());
    assert!(kinds.eq([ViolationKind::Missing]));
    let mut off = Config::builder();
    off.set_validate_input(None);
    canned.answer(200, "{}");
    let call = client.store().customize().config_override(off);
    call.send().await.expect("an answer");
    let strict = Config::builder().validate_input(InputValidation::AllConstraints);
    let call = client.store().id("a").name("").customize();
    call.config_override(strict)
        .send()
        .await
        .expect_err("a refusal");
    assert_eq!(canned.requests().len(), 1);
}
