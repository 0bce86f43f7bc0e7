//! All operations of KMS, as what reads their answers.

use farrier_kms::operation::*;
use farrier_runtime::error::{ProvideErrorKind, ProvideErrorMetadata};
use farrier_runtime::internal::{ErrorResponse, Operation};
use farrier_runtime::json::Error;

/// What reads the answers of an operation.
pub(crate) struct Reads {
    #[allow(dead_code, reason = "one target reads outputs, another one errors")]
    pub(crate) output: fn(&[u8]) -> Result<(), Error>,
    /// The code and the message.
    #[allow(dead_code, reason = "one target reads outputs, another one errors")]
    pub(crate) error: fn(ErrorResponse<'_>) -> (Option<String>, Option<String>),
}

fn output<O: Operation>(body: &[u8]) -> Result<(), Error> {
    O::read_output(body, Some("id".to_owned())).map(drop)
}

fn error<O: Operation>(response: ErrorResponse<'_>) -> (Option<String>, Option<String>) {
    let error = O::read_error(response);
    // Neither may panic, whatever the error is.
    let _ = (error.to_string(), error.retryable_error_kind());
    let meta = error.meta();
    (
        meta.code().map(String::from),
        meta.message().map(String::from),
    )
}

macro_rules! reads {
    ($($operation:path),* $(,)?) => {
        &[$(Reads {
            output: output::<$operation>,
            error: error::<$operation>,
        }),*]
    };
}

pub(crate) const OPERATIONS: &[Reads] = reads![
    cancel_key_deletion::CancelKeyDeletion,
    connect_custom_key_store::ConnectCustomKeyStore,
    create_alias::CreateAlias,
    create_custom_key_store::CreateCustomKeyStore,
    create_grant::CreateGrant,
    create_key::CreateKey,
    decapsulate::Decapsulate,
    decrypt::Decrypt,
    delete_alias::DeleteAlias,
    delete_custom_key_store::DeleteCustomKeyStore,
    delete_imported_key_material::DeleteImportedKeyMaterial,
    derive_shared_secret::DeriveSharedSecret,
    describe_custom_key_stores::DescribeCustomKeyStores,
    describe_key::DescribeKey,
    disable_key::DisableKey,
    disable_key_rotation::DisableKeyRotation,
    disconnect_custom_key_store::DisconnectCustomKeyStore,
    enable_key::EnableKey,
    enable_key_rotation::EnableKeyRotation,
    encapsulate::Encapsulate,
    encrypt::Encrypt,
    generate_data_key::GenerateDataKey,
    generate_data_key_pair::GenerateDataKeyPair,
    generate_data_key_pair_without_plaintext::GenerateDataKeyPairWithoutPlaintext,
    generate_data_key_without_plaintext::GenerateDataKeyWithoutPlaintext,
    generate_mac::GenerateMac,
    generate_random::GenerateRandom,
    get_key_last_usage::GetKeyLastUsage,
    get_key_policy::GetKeyPolicy,
    get_key_rotation_status::GetKeyRotationStatus,
    get_parameters_for_import::GetParametersForImport,
    get_public_key::GetPublicKey,
    import_key_material::ImportKeyMaterial,
    list_aliases::ListAliases,
    list_grants::ListGrants,
    list_key_policies::ListKeyPolicies,
    list_key_rotations::ListKeyRotations,
    list_keys::ListKeys,
    list_resource_tags::ListResourceTags,
    list_retirable_grants::ListRetirableGrants,
    put_key_policy::PutKeyPolicy,
    re_encrypt::ReEncrypt,
    replicate_key::ReplicateKey,
    retire_grant::RetireGrant,
    revoke_grant::RevokeGrant,
    rotate_key_on_demand::RotateKeyOnDemand,
    schedule_key_deletion::ScheduleKeyDeletion,
    sign::Sign,
    tag_resource::TagResource,
    untag_resource::UntagResource,
    update_alias::UpdateAlias,
    update_custom_key_store::UpdateCustomKeyStore,
    update_key_description::UpdateKeyDescription,
    update_primary_region::UpdatePrimaryRegion,
    verify::Verify,
    verify_mac::VerifyMac,
];
