//! Bodies as they are given: forms and JSON, refused in our own words.

use axum::extract::rejection::{BytesRejection, FormRejection, JsonRejection};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::{Desk, Oops};

/// A plain HTML form.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Desk> for Form<T> {
    type Rejection = Oops;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Oops> {
        match axum::Form::from_request(request, desk).await {
            Ok(axum::Form(form)) => Ok(Self(form)),
            Err(FormRejection::BytesRejection(fault)) => Err(bytes(&fault)),
            Err(_) => Err(Oops::Unusable(
                "The form could not be read, so nothing was changed. Go back, load the page again and try once more.",
            )),
        }
    }
}

/// JSON from one of our modules.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Desk> for Json<T> {
    type Rejection = Oops;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Oops> {
        match axum::Json::from_request(request, desk).await {
            Ok(axum::Json(json)) => Ok(Self(json)),
            Err(JsonRejection::BytesRejection(fault)) => Err(bytes(&fault)),
            Err(_) => Err(Oops::Unusable(
                "What the page sent could not be read, so nothing was changed. Load the page again; what you typed is kept in it.",
            )),
        }
    }
}

fn bytes(fault: &BytesRejection) -> Oops {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Oops::TooLarge
    } else {
        Oops::Unusable(
            "The request broke off before it was whole, so nothing was changed. Try again.",
        )
    }
}
