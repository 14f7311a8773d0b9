//! What everything at the desk shares: settings, store, engine, clock, live updates.

use std::sync::Arc;

use crate::bus::Bus;
use crate::{Clock, Settings};

/// Cheap to clone; one desk a process.
#[derive(Clone)]
pub struct Desk(Arc<Shared>);

struct Shared {
    settings: Settings,
    clock: Clock,
    bus: Bus,
}

impl Desk {
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }
}
