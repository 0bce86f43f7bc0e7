//! A build script that is linked with the generator, and runs it when a model is named.

fn main() {
    println!("cargo:rerun-if-env-changed=FARRIER_BENCH_MODEL");
    let generator = farrier::Generator::new().operation("*CustomKeyStore*");
    if let Ok(model) = std::env::var("FARRIER_BENCH_MODEL") {
        generator.model(model).generate_in_out_dir("kms").expect("a client");
    }
}
