//! Where the credentials of a call come from.

mod support;

use aws_smithy_runtime_api::client::identity::{IdentityFuture, ResolveIdentity};
use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityResolver};
use farrier_runtime::config::*;
use farrier_runtime::error::{BoxError, DisplayErrorContext};
use farrier_runtime::internal::{SettingsBuilder, send};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use support::*;

/// A cache of the user that caches nothing, and counts.
#[derive(Clone, Debug, Default)]
struct Counting {
    asked: Arc<AtomicU32>,
    /// Whether the cache lacks something that it needs.
    lacks: bool,
}

impl ResolveCachedIdentity for Counting {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        assert!(!self.lacks, "asked although it said that it cannot be");
        self.asked.fetch_add(1, Ordering::Relaxed);
        IdentityFuture::new(async move { resolver.resolve_identity(components, bag).await })
    }

    fn validate_final_config(&self, _: &RuntimeComponents, _: &ConfigBag) -> Result<(), BoxError> {
        if self.lacks {
            return Err("this cache lacks a clock".into());
        }
        Ok(())
    }
}

#[tokio::test]
async fn credentials_of_one_call_do_not_go_into_the_users_cache() {
    let server = Server::start([ok("done")]).await;
    let cache = Counting::default();
    let client = client_of(&server, |settings| {
        settings.set_identity_cache(Some(SharedIdentityCache::new(cache.clone())));
    });
    echo(&client, "hi").await.expect("an answer");
    assert_eq!(cache.asked.load(Ordering::Relaxed), 1);
    let mut over = SettingsBuilder::new();
    let other = Credentials::from_keys("AKIDOTHER", "secret", None);
    over.set_credentials_provider(Some(SharedCredentialsProvider::new(other)));
    send::<Echo>(&client, Some(&over), Ok(EchoInput("hi".into())))
        .await
        .expect("an answer");
    assert_eq!(cache.asked.load(Ordering::Relaxed), 1);
    let authorization = server.requests().pop().expect("a request");
    let authorization = header(&authorization, "authorization").expect("a signature");
    assert!(authorization.contains("AKIDOTHER/"), "{authorization}");
    // One that is set for the call is used.
    let own = Counting::default();
    over.set_identity_cache(Some(SharedIdentityCache::new(own.clone())));
    send::<Echo>(&client, Some(&over), Ok(EchoInput("hi".into())))
        .await
        .expect("an answer");
    assert_eq!(own.asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_cache_that_lacks_something_is_not_asked() {
    let server = Server::start([ok("done")]).await;
    let client = client_of(&server, |settings| {
        let cache = Counting {
            lacks: true,
            ..Counting::default()
        };
        settings.set_identity_cache(Some(SharedIdentityCache::new(cache)));
    });
    let error = echo(&client, "hi").await.expect_err("no clock");
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("this cache lacks a clock"), "{text}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn credentials_may_be_kept_for_ever() {
    let server = Server::start([ok("done")]).await;
    let for_ever = IdentityCache::lazy().default_expiration(Duration::MAX);
    let client = client_of(&server, |settings| {
        settings.set_identity_cache(Some(for_ever.build()));
    });
    echo(&client, "hi").await.expect("an answer");
}
