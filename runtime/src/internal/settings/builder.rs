//! Collecting settings: what is set, and what is added.

use super::{Fields, Settings};
use crate::config::{
    BehaviorVersion, Credentials, FrameworkMetadata, Region, SharedAuthScheme,
    SharedCredentialsProvider, SharedInterceptor, SharedRetryClassifier, SharedTimeSource,
    TimeoutConfig,
};
use crate::primitives::Document;
use aws_smithy_async::time::StaticTimeSource;

/// Collects settings: those of a client, or those that one call changes.
#[derive(Clone, Debug, Default)]
pub struct SettingsBuilder(pub(crate) Fields);

impl SettingsBuilder {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long to wait for what; limits that it does not set stay as they were set before, and `None` changes none.
    pub fn set_timeout_config(&mut self, value: Option<TimeoutConfig>) -> &mut Self {
        let value = value.map(|mut timeouts| {
            if let Some(before) = &self.0.timeout_config {
                timeouts.take_defaults_from(before);
            }
            timeouts
        });
        self.put_timeout_config(value)
    }

    /// Sets whether a call without a credentials provider is sent unsigned. Default: no.
    pub fn set_allow_no_auth(&mut self, allow: bool) -> &mut Self {
        self.0.allow_no_auth = allow;
        self
    }

    /// Sets a setting that only one service has, by its name in the model, or unsets it with `None`.
    pub fn set_client_param(
        &mut self,
        name: &'static str,
        value: Option<impl Into<Document>>,
    ) -> &mut Self {
        self.0.set_client_param(name, value.map(Into::into));
        self
    }

    /// Adds a framework to name in the user agent; at most ten different ones are sent.
    pub fn push_framework_metadata(&mut self, framework: FrameworkMetadata) -> &mut Self {
        self.0.framework_metadata.push(framework);
        self
    }

    /// Sets the frameworks to name in the user agent.
    pub fn set_framework_metadata(
        &mut self,
        frameworks: impl IntoIterator<Item = FrameworkMetadata>,
    ) -> &mut Self {
        self.0.framework_metadata = frameworks.into_iter().collect();
        self
    }

    /// Adds a kind of signature, in place of one with the same id.
    pub fn push_auth_scheme(&mut self, auth_scheme: SharedAuthScheme) -> &mut Self {
        self.0.auth_schemes.push(auth_scheme);
        self
    }

    /// Sets what calls in tests go without: a clock that stands at 2009-02-13T23:31:30Z, credentials that are none, and the
    /// latest defaults.
    pub fn set_test_defaults(&mut self) -> &mut Self {
        let time = StaticTimeSource::from_secs(1_234_567_890);
        let credentials = Credentials::new(
            "ANOTREAL",
            "notrealrnrELgWzOk3IfjzDKtFBhDby",
            None,
            None,
            "test",
        );
        self.set_time_source(Some(SharedTimeSource::new(time)))
            .set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)))
            .set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// As [`set_test_defaults`](Self::set_test_defaults), and a region (`us-east-1`) where none is set.
    pub fn set_test_defaults_v2(&mut self) -> &mut Self {
        self.set_test_defaults();
        let region = self.0.region.take();
        self.set_region(region.or_else(|| Some(Region::from_static("us-east-1"))))
    }

    /// Adds an interceptor; it runs after those added before.
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.0.interceptors.push(interceptor);
        self
    }

    /// Sets the interceptors.
    pub fn set_interceptors(
        &mut self,
        interceptors: impl IntoIterator<Item = SharedInterceptor>,
    ) -> &mut Self {
        self.0.interceptors = interceptors.into_iter().collect();
        self
    }

    /// Adds a retry classifier.
    pub fn push_retry_classifier(&mut self, classifier: SharedRetryClassifier) -> &mut Self {
        self.0.retry_classifiers.push(classifier);
        self
    }

    /// Sets the retry classifiers.
    pub fn set_retry_classifiers(
        &mut self,
        classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
    ) -> &mut Self {
        self.0.retry_classifiers = classifiers.into_iter().collect();
        self
    }

    /// What has been set so far, to be read.
    pub fn build(self) -> Settings {
        Settings(self.0)
    }
}
