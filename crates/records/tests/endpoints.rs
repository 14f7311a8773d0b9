//! An HTTP endpoint: as it is, slow, down, wrong, and hostile.

mod parts;

use parts::endpoint::{Endpoint, Manner, json};
use parts::{HOSTILE, ask, entries};
use std::time::{Duration, Instant};
use unruffled_records::{By, Kind, Secret, SourceSettings, Trouble};

fn source(endpoint: &Endpoint) -> SourceSettings {
    SourceSettings {
        name: "the till".into(),
        kind: Kind::Http,
        address: format!("http://{}/cards?by={{by}}&value={{value}}", endpoint.at),
        by: vec![By::Reference, By::Name],
        says: "{card}[, until {until}]".into(),
        private_address: true,
        timeout_ms: 10_000,
        ..SourceSettings::default()
    }
}

#[tokio::test]
async fn an_endpoint_is_asked_with_its_token_and_nothing_means_nothing() {
    let there = Endpoint::start(json(r#"[{"card": "HB-20417", "until": "31 May"}]"#)).await;
    let known = SourceSettings {
        secret: Secret::new("harbour-light"),
        ..source(&there)
    };
    assert_eq!(
        entries(ask(known, By::Reference, "HB-20417").await),
        ["HB-20417, until 31 May"]
    );
    let heard = there.heard().remove(0).to_lowercase();
    assert!(
        heard.starts_with("get /cards?by=reference&value=hb-20417 http/1.1\r\n"),
        "{heard}"
    );
    assert!(
        heard.contains("authorization: bearer harbour-light\r\n"),
        "{heard}"
    );
    assert!(
        heard.contains(&format!("host: {}\r\n", there.at)),
        "{heard}"
    );

    for nothing in [
        json("[]"),
        Manner::Says("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnone".into()),
    ] {
        let there = Endpoint::start(nothing).await;
        assert!(entries(ask(source(&there), By::Name, "Rosa").await).is_empty());
    }
}

#[tokio::test]
async fn what_a_customer_wrote_is_only_ever_a_value() {
    let there = Endpoint::start(json("[]")).await;
    for hostile in [
        HOSTILE,
        "x&by=all HTTP/1.1\r\nX-Admin: yes",
        "../../../admin?all=1#",
        "http://169.254.169.254/",
    ] {
        assert!(entries(ask(source(&there), By::Name, hostile).await).is_empty());
    }
    for heard in there.heard() {
        let line = heard.lines().next().expect("a line");
        let value = line
            .strip_prefix("GET /cards?by=name&value=")
            .expect("our own address");
        let value = value.strip_suffix(" HTTP/1.1").expect("our own protocol");
        assert!(
            value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"%-_".contains(&byte)),
            "{value}"
        );
        assert!(!heard.contains("\nX-Admin"), "{heard}");
    }
}

#[tokio::test]
async fn a_hundred_megabytes_are_cut_off_early_and_said_so() {
    let there = Endpoint::start(Manner::SaysMuch(100 * 1024 * 1024)).await;
    let begun = Instant::now();
    let said = ask(source(&there), By::Name, "Rosa")
        .await
        .expect_err("too much")
        .to_string();
    assert_eq!(
        said,
        "answered with more than 1024 kB, and was cut off there"
    );
    assert!(begun.elapsed() < Duration::from_secs(9));
    tokio::time::sleep(Duration::from_millis(200)).await;
    // What the system's own buffers took is all that left the other side.
    assert!(
        there.taken() < 20 * 1024 * 1024,
        "{} bytes were taken",
        there.taken()
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_wherever_it_leads() {
    let secret = Endpoint::start(json(r#"[{"card": "the inner network"}]"#)).await;
    for to in [
        format!("http://{}/", secret.at),
        "http://169.254.169.254/latest/meta-data/".into(),
        "/elsewhere".into(),
    ] {
        let words = format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
        let there = Endpoint::start(Manner::Says(words)).await;
        assert_eq!(
            ask(source(&there), By::Name, "Rosa").await,
            Err(Trouble::Redirect)
        );
        assert_eq!(there.heard().len(), 1);
    }
    assert!(secret.heard().is_empty(), "nobody came there");
}

#[tokio::test]
async fn a_private_address_is_not_asked_unless_the_settings_say_so() {
    let there = Endpoint::start(json("[]")).await;
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]"] {
        let address = format!("https://{host}:{}/{{value}}", there.at.port());
        let private = SourceSettings {
            address,
            private_address: false,
            ..source(&there)
        };
        assert_eq!(
            ask(private, By::Name, "Rosa").await,
            Err(Trouble::Private),
            "{host}"
        );
    }
    assert!(there.heard().is_empty(), "nobody came there");
}

#[tokio::test]
async fn an_endpoint_that_is_slow_down_or_wrong_says_so() {
    let silent = Endpoint::start(Manner::Silent).await;
    let slow = SourceSettings {
        timeout_ms: 200,
        ..source(&silent)
    };
    assert_eq!(
        ask(slow, By::Name, "Rosa").await,
        Err(Trouble::Slow(Duration::from_millis(200)))
    );

    let says = |words: &str| Endpoint::start(Manner::Says(words.to_owned()));
    let torn = says("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n[{").await;
    assert!(matches!(
        ask(source(&torn), By::Name, "x").await,
        Err(Trouble::Down(_))
    ));
    let noise = says("220 mail.example ESMTP\r\n").await;
    assert!(matches!(
        ask(source(&noise), By::Name, "x").await,
        Err(Trouble::Down(_))
    ));
    for (manner, why) in [
        (json("<html>"), "its answer is no JSON"),
        (json(r#"[{"number": 7}]"#), "none of these: card, until"),
        (
            Manner::Says("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n".into()),
            "it answered 500",
        ),
    ] {
        let there = Endpoint::start(manner).await;
        let said = ask(source(&there), By::Name, "x")
            .await
            .expect_err(why)
            .to_string();
        assert!(said.contains(why), "{said}");
    }

    let gone = source(&silent);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("a port");
    let down = SourceSettings {
        address: format!("http://{nobody}/{{value}}"),
        ..gone
    };
    let said = ask(down, By::Name, "x")
        .await
        .expect_err("nobody is there")
        .to_string();
    assert!(said.starts_with("could not be reached ("), "{said}");
}
