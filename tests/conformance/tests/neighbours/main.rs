//! The client among its real neighbours, and the ways in which people use it.
//!
//! Each program under `idioms` is compiled unchanged against both crates: it says `aws_sdk_kms`, which is the official
//! client in one module and ours in the other. Both must send the same requests, print the same lines and end alike.

/// Prints to where the runs are compared, so that programs can be written as they are elsewhere.
macro_rules! println {
    ($($text:tt)*) => {
        crate::run::line(format!($($text)*))
    };
}

mod diary;
mod run;
mod script;

/// Compiles each program for both clients, and makes a test of the two.
macro_rules! idioms {
    ($($name:ident)*) => {
        mod official {
            $(pub(crate) mod $name {
                include!(concat!("idioms/", stringify!($name), ".rs"));
            })*
        }

        mod ours {
            $(pub(crate) mod $name {
                use farrier_kms as aws_sdk_kms;
                include!(concat!("idioms/", stringify!($name), ".rs"));
            })*
        }

        $(#[test]
        fn $name() {
            let official = crate::run::run(crate::official::$name::ANSWERS, async |config| crate::official::$name::example(config).await);
            let ours = crate::run::run(crate::ours::$name::ANSWERS, async |config| crate::ours::$name::example(config).await);
            crate::run::compare(&official, &ours);
        })*

        /// Every program is listed, so that none is left out by oversight.
        #[test]
        fn all_programs_run() {
            let mut listed = vec![$(stringify!($name)),*];
            listed.sort_unstable();
            assert_eq!(listed, crate::run::programs());
        }
    };
}

mod official_over_http {
    include!("real.rs");
}

mod ours_over_http {
    use farrier_kms as aws_sdk_kms;
    include!("real.rs");
}

/// Makes a test of each program over real HTTP.
macro_rules! over_http {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            let official = crate::run::over_http(async |service| crate::official_over_http::$name(service).await);
            let ours = crate::run::over_http(async |service| crate::ours_over_http::$name(service).await);
            assert_eq!(official, ours);
        })*
    };
}

over_http! {
    service
    reconnects
    keeps_connections
    gives_up
    stalled_body
}

idioms! {
    allow_no_auth
    auth_in_place
    auth_params
    auth_scheme_in_place_of_sigv4
    auth_scheme_of_ones_own
    auth_scheme_preference
    auth_scheme_resolver
    build_error
    builder_setters
    capture_request
    clients_are_shared
    config_from_scratch
    config_interceptors_in_place
    config_new
    config_setters
    config_setters_in_place
    config_to_builder
    construction_failure
    custom_key_store_life
    customize_credentials
    customize_endpoint
    customize_interceptor
    customize_map_request
    customize_map_request_fails
    customize_mutate_request
    customize_region
    customize_retries
    customize_timeout
    display_error_context
    encrypt_and_decrypt
    endpoint_fips_and_dual_stack
    endpoint_params
    endpoint_resolver
    enum_from_a_string
    enum_in_collections
    enum_match
    enum_try_parse
    enum_unknown
    enum_values
    error_is
    error_made_by_hand
    error_match
    error_metadata
    error_of_any_operation
    error_source
    fluent_builder_tells_its_input
    futures_are_boxed
    hook_fails_modify_before_attempt_completion
    hook_fails_modify_before_completion
    hook_fails_modify_before_deserialization
    hook_fails_modify_before_retry_loop
    hook_fails_modify_before_serialization
    hook_fails_modify_before_signing
    hook_fails_modify_before_transmit
    hook_fails_read_after_attempt
    hook_fails_read_after_deserialization
    hook_fails_read_after_execution
    hook_fails_read_after_serialization
    hook_fails_read_after_signing
    hook_fails_read_after_transmit
    hook_fails_read_before_attempt
    hook_fails_read_before_deserialization
    hook_fails_read_before_execution
    hook_fails_read_before_serialization
    hook_fails_read_before_signing
    hook_fails_read_before_transmit
    hooks_of_a_broken_connection
    hooks_of_a_refused_call
    hooks_of_a_repeated_call
    hooks_of_a_success
    hooks_of_client_and_call
    identity_cache_lazy
    identity_cache_load_timeout
    identity_cache_none
    infallible_client_fn
    interceptor_changes_input
    interceptor_changes_response
    interceptor_keeps_state
    interceptor_limits_the_transport
    interceptor_reads_output
    interceptor_sets_retries
    interceptor_sets_timeouts
    interceptor_signs_for_another_region
    lists_default_to_empty
    load_app_name
    load_assumed_role
    load_chain_of_providers
    load_container_credentials
    load_endpoint_for_all_services
    load_endpoint_for_one_service
    load_endpoint_ignored
    load_endpoint_in_code
    load_endpoint_of_a_profile
    load_environment
    load_fips_and_dual_stack
    load_framework_metadata
    load_identity_cache
    load_instance_credentials
    load_no_credentials_on_purpose
    load_profile
    load_region_chain
    load_retries
    load_sleep_and_clock
    load_stalled_stream_protection
    load_timeouts
    load_web_identity
    load_without_credentials
    mocks_computed_output
    mocks_error
    mocks_http_response
    mocks_output
    mocks_sequence
    never_client
    no_credentials
    no_region
    paginator_collect
    paginator_fails_midway
    paginator_goes_on_after_a_duplicate_token
    paginator_items
    paginator_pages
    paginator_stops_on_duplicate_token
    paginator_try_next
    question_mark_into_error
    request_id_of_an_output
    retry_adaptive
    retry_after_throttling
    retry_classifier
    retry_gives_up
    retry_partition
    retry_partition_by_name
    sdk_error_connector
    sdk_error_match
    sdk_error_raw_response
    sdk_error_without_an_answer
    secrets_are_not_printed
    send_with_a_kept_input
    static_replay_client
    test_defaults
    test_defaults_in_place
    timeout_of_an_attempt
    times_are_read
    unset_settings_stay
    values_are_compared
}
