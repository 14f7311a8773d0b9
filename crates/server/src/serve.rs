//! Opening the door: listening, working and fetching until asked to stop, and then stopping cleanly.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::{Closed, Desk, Settings, jobs, own_words, playbook, router};

/// Serves a desk until `shutdown` is done.
pub async fn serve(
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Closed> {
    let desk = Desk::open(settings).await?;
    let listener = desk.listen().await?;
    desk.serve_on(listener, shutdown).await
}

impl Desk {
    /// Listens where the settings say; ask the listener for the port that was taken.
    pub async fn listen(&self) -> Result<TcpListener, Closed> {
        let address = self.settings().listen;
        TcpListener::bind(address)
            .await
            .map_err(|source| Closed::Listen {
                address: address.to_string(),
                source,
            })
    }

    /// Serves until `shutdown` is done; requests and jobs under way are finished, event streams end.
    pub async fn serve_on(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Closed> {
        let address = self.settings().listen.to_string();
        let desk = self.clone();
        // Whoever opens the first message need not wait for it, and what is wrong with its file is told now.
        tokio::task::spawn_blocking(move || desk.leaning().is_there());
        let work = tokio::spawn(jobs::work(self.clone()));
        let fetch = tokio::spawn(jobs::fetch(self.clone()));
        let watch = tokio::spawn(own_words::watch(self.clone()));
        let options = tokio::spawn(playbook::watch(self.clone()));
        let watched = self.records().clone();
        // It ends with us: it only reads.
        let files = tokio::spawn(async move { watched.watch().await });
        // The first letter opened need not wait for the cards.
        let warming = self.clone();
        tokio::task::spawn_blocking(move || {
            warming.engine();
        });
        let closing = self.clone();
        let pages = router(self.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, pages)
            .with_graceful_shutdown(async move {
                shutdown.await;
                // Streams would keep the server waiting for ever; they end now.
                closing.close();
            })
            .await;
        self.close();
        files.abort();
        let _ = work.await;
        let _ = fetch.await;
        let _ = watch.await;
        let _ = options.await;
        self.store().close().await;
        served.map_err(|source| Closed::Listen { address, source })
    }
}
