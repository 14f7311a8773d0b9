//! The model that may lend its words in a rehearsal: asked for one, by somebody who is nobody.

use super::{Finding, broken, fine};
use crate::Settings;
use unruffled_voice::{Line, Role};

pub(super) async fn voice(settings: &Settings, offline: bool) -> Finding {
    let about = "model";
    let voice = match settings.voice() {
        Err(fault) => return broken(about, fault),
        Ok(None) => {
            return fine(
                about,
                "None is named (voice.url), so the stories of a rehearsal have words of their own.",
            );
        }
        Ok(Some(voice)) => voice,
    };
    let name = format!("{} at {}", voice.model(), voice.host());
    if offline {
        return fine(about, format!("{name} was not asked."));
    }
    let hello = Line {
        role: Role::User,
        content: "Say the one word: yes.".to_owned(),
    };
    match voice.say(&[hello], 1).await {
        Ok(_) => fine(about, format!("{name} answers.")),
        Err(trouble) => broken(
            about,
            format!("{name} {trouble}. Until it does, stories have words of their own."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[tokio::test]
    async fn a_model_that_is_named_and_not_there_is_broken_and_none_is_fine() {
        let mut settings = Settings::default();
        assert_eq!(voice(&settings, false).await.verdict, Verdict::Fine);
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        settings.voice.url = format!("http://127.0.0.1:{port}/v1");
        settings.voice.model = "small".to_owned();
        assert_eq!(voice(&settings, true).await.verdict, Verdict::Fine);
        let found = voice(&settings, false).await;
        assert_eq!(found.verdict, Verdict::Broken);
        assert!(found.words.contains("could not be reached"), "{found:?}");
    }
}
