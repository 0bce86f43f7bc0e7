//! Generates a client of KMS with the six operations of custom key stores: `$OUT_DIR/kms.rs`.

fn main() -> Result<(), farrier::Error> {
    farrier::Generator::new()
        .model("../../models/kms.json")
        .overlay("../../models/kms.waiters.json")
        .operations([
            "CreateCustomKeyStore",
            "ConnectCustomKeyStore",
            "DescribeCustomKeyStores",
            "UpdateCustomKeyStore",
            "DisconnectCustomKeyStore",
            "DeleteCustomKeyStore",
        ])
        .generate_in_out_dir("kms")?;
    Ok(())
}
