//! `unruffled demo`: a desk with a story, served from a folder that goes when it ends.

use crate::desk;
use crate::door::Demo;
use crate::failure::Failure;
use crate::lists;
use crate::playbook;
use crate::seed::{self, AGENTS};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tempfile::TempDir;
use tokio::net::TcpListener;
use unruffled_server::{Desk, Inbox, Safety, Settings};

/// Where the demo is to be found when nobody says otherwise and nobody else is there.
const USUAL_PORT: u16 = 7070;

/// Lies in the folder once the story has been told to its end.
const TOLD: &str = "story-told";

pub fn run(order: &Demo) -> Result<ExitCode, Failure> {
    // The terminal stays calm: only what a person has to know.
    desk::log("warn")?;
    let place = Place::of(order.folder.as_deref())?;
    desk::all_threads()?.block_on(serve(order, &place))?;
    place.leave()?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(order: &Demo, place: &Place) -> Result<(), Failure> {
    let end = desk::asked_to_end()?;
    let mut end = Box::pin(end);
    let made = tokio::select! {
        made = ready(order, place) => made,
        // Ended before it was ready: the folder still has to be taken away.
        () = &mut end => return Ok(()),
    };
    let (open, listener) = made?;
    open.serve_on(listener, end).await.map_err(Failure::says)
}

/// A desk with its story, listening, and its address said.
async fn ready(order: &Demo, place: &Place) -> Result<(Desk, TcpListener), Failure> {
    let listener = listen(order.port).await?;
    let address = listener.local_addr().map_err(Failure::says)?;
    let settings = settings(place.folder(), address);
    let told = place.folder().join(TOLD);
    playbook::put_demo(&settings.playbook_folder)?;
    if !told.exists() {
        lists::write(place.folder(), &settings.zone())?;
    }
    // Empty until a lesson becomes a card.
    std::fs::create_dir_all(&settings.cards_folder)
        .map_err(|why| Failure::file(&settings.cards_folder, "made", &why))?;
    let open = Desk::open(settings).await.map_err(Failure::says)?;
    if !told.exists() {
        // Were the light to go out now, the next demo would tell the same story.
        let store = open.store();
        store.wait_for_disk(false).await.map_err(Failure::says)?;
        seed::seed(&open).await?;
        store.wait_for_disk(true).await.map_err(Failure::says)?;
        std::fs::write(&told, "").map_err(|why| Failure::file(&told, "written", &why))?;
    }
    say(address, place)?;
    Ok((open, listener))
}

/// The port that was asked for, or the usual one, or, when that is taken, any.
async fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    let on = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let taken = |port: u16, why: std::io::Error| {
        Failure::says(format!(
            "Port {port} cannot be had: {}. --port 0 takes any that is free.",
            crate::failure::reason(&why)
        ))
    };
    match port {
        Some(port) => on(port).await.map_err(|why| taken(port, why)),
        None => match on(USUAL_PORT).await {
            Ok(listener) => Ok(listener),
            Err(_) => on(0).await.map_err(|why| taken(0, why)),
        },
    }
}

fn settings(folder: &Path, address: SocketAddr) -> Settings {
    // A zone without a name (a bare machine has none) is shown as UTC.
    let zone = jiff::tz::TimeZone::system();
    Settings {
        listen: address,
        public_url: format!("http://{address}"),
        database: folder.join("unruffled.db").display().to_string(),
        attachments: folder.join("attachments"),
        secret_file: folder.join("secret"),
        drop_folder: folder.join("sent"),
        playbook_folder: folder.join("playbook"),
        cards_folder: folder.join("cards"),
        stories_folder: folder.join("stories"),
        leads: vec!["ben".to_owned()],
        time_zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        records: lists::settings(folder),
        names: vec!["Harbour Baths".to_owned(), "Larkline".to_owned()],
        inbox: Inbox {
            name: "Harbour Baths and Larkline".to_owned(),
            address: "desk@quayside.example".to_owned(),
        },
        safety: Safety {
            // The emergency number is left for whoever runs a desk: in the demo the page says so.
            risk_call: "Mara Quayle, who leads this desk: extension 20".to_owned(),
            ..Safety::default()
        },
        ..Settings::default()
    }
}

fn say(address: SocketAddr, place: &Place) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n  A desk with a story is at http://{address}\n")?;
    for (login, _, password) in AGENTS {
        writeln!(out, "  log in as {login} with the password {password}")?;
    }
    writeln!(
        out,
        "\n  What you send stays on this machine; the desk shows it under “Sent letters”."
    )?;
    match place {
        Place::Passing(_) => writeln!(out, "  Ctrl-C ends the desk and takes everything away.\n")?,
        Place::Kept(folder) => writeln!(
            out,
            "  Ctrl-C ends the desk; it is kept in {}.\n",
            folder.display()
        )?,
    }
    out.flush()?;
    Ok(())
}

/// Where the demo's desk lies.
enum Place {
    Passing(TempDir),
    Kept(PathBuf),
}

impl Place {
    fn of(folder: Option<&Path>) -> Result<Place, Failure> {
        let Some(folder) = folder else {
            let made = tempfile::Builder::new().prefix("unruffled-demo-").tempdir();
            return made.map(Place::Passing).map_err(|why| {
                Failure::file(&std::env::temp_dir(), "used for a temporary folder", &why)
            });
        };
        std::fs::create_dir_all(folder).map_err(|why| Failure::file(folder, "made", &why))?;
        let mut inside =
            std::fs::read_dir(folder).map_err(|why| Failure::file(folder, "read", &why))?;
        if inside.next().is_some() && !folder.join(TOLD).exists() {
            return Err(Failure::says(format!(
                "{} holds other things, or a demo that broke off while it was made. It was left as it is; name a new folder.",
                folder.display()
            )));
        }
        Ok(Place::Kept(folder.to_owned()))
    }

    fn folder(&self) -> &Path {
        match self {
            Place::Passing(folder) => folder.path(),
            Place::Kept(folder) => folder,
        }
    }

    fn leave(self) -> Result<(), Failure> {
        match self {
            Place::Kept(_) => Ok(()),
            Place::Passing(folder) => {
                let path = folder.path().to_owned();
                folder
                    .close()
                    .map_err(|why| Failure::file(&path, "taken away", &why))
            }
        }
    }
}
