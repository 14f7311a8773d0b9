//! What every command that opens a desk does first: a runtime, a TLS provider, a log.

use crate::failure::Failure;
use tokio::runtime::{Builder, Runtime};
use tracing_subscriber::EnvFilter;

/// For commands that do one thing and end.
pub fn one_thread() -> Result<Runtime, Failure> {
    prepare();
    runtime(Builder::new_current_thread())
}

/// For a desk that serves.
pub fn all_threads() -> Result<Runtime, Failure> {
    prepare();
    runtime(Builder::new_multi_thread())
}

fn runtime(mut builder: Builder) -> Result<Runtime, Failure> {
    builder
        .enable_all()
        .build()
        .map_err(|why| Failure::says(format!("The program could not get going: {why}.")))
}

/// Two TLS providers in one program would be one too many, so the choice is made here, once.
fn prepare() {
    // Fails only when a provider is chosen already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The log goes to stderr; `filter` is a level or a list such as `info,sqlx=warn`.
pub fn log(filter: &str) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|why| {
        Failure::says(format!(
            "log: {filter:?} is not a level or a filter: {why}."
        ))
    })?;
    // These write out what they send and receive, passwords and customers' words among it, if they are let.
    let filter = [
        "async_imap=off",
        "lettre=off",
        "imap_proto=off",
        "sqlx=warn",
    ]
    .into_iter()
    .filter_map(|quiet| quiet.parse().ok())
    .fold(filter, EnvFilter::add_directive);
    // Fails only when there is a log already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    Ok(())
}

/// Listens from now on, and is done when somebody asks the program to end: Ctrl-C, or a polite signal.
/// Call it before anything is said or made, so that no signal finds nobody listening.
pub fn asked_to_end() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(Failure::says);
    let mut typed = listen(SignalKind::interrupt())?;
    let mut ended = listen(SignalKind::terminate())?;
    let mut gone = listen(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = typed.recv() => {}
            _ = ended.recv() => {}
            _ = gone.recv() => {}
        }
    })
}
