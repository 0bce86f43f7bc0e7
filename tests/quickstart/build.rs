//! Prints a client with 6 operations into `$OUT_DIR/kms.rs`.

fn main() -> Result<(), farrier::Error> {
    farrier::Generator::new()
        .model("../../models/kms.json")
        .overlay("../../models/kms.waiters.json")
        .operation("CreateCustomKeyStore")
        .operation("ConnectCustomKeyStore")
        .operation("DescribeCustomKeyStores")
        .operation("UpdateCustomKeyStore")
        .operation("DisconnectCustomKeyStore")
        .operation("DeleteCustomKeyStore")
        .generate_in_out_dir("kms")?;
    Ok(())
}
