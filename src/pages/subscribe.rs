//! The page on how to subscribe.

use super::frame::Frame;
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::view::SubscribePageView;

pub(super) fn artifact<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    service::page(frame, Service::Subscribe, "subscribe.html", |page, intro_html| SubscribePageView {
        site: &frame.view,
        page,
        intro_html,
    })
}
