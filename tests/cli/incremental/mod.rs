//! Builds in steps: after every kind of change, what is built on what was there is what is built from nothing, byte for
//! byte, and says the same.
//!
//! A file whose key forgot something it shows would stay as it was: an old warning, in silence. So everything that can
//! change is changed, one at a time, and the whole output compared.

mod content;
mod meddling;
mod notices;
mod random;
mod receipt;
mod settings;
mod twin;
mod world;

use notices::{Step, step};
use random::{Dice, number, walk};
use std::fs;
use world::World;

/// Takes the steps in order, and compares after each.
fn take(world: &World, steps: impl IntoIterator<Item = Step>) {
    steps.into_iter().for_each(|step| world.take(&step));
}

#[test]
fn every_field_of_a_notice() {
    take(&World::small(), notices::fields());
    take(&World::whole(), notices::fields_of_others());
}

#[test]
fn every_event_and_every_file_of_a_notice() {
    take(&World::whole(), notices::events());
    take(&World::small(), notices::files());
}

#[test]
fn lists_and_feeds_that_grow_and_shrink() {
    take(&World::long(), notices::growth());
}

#[test]
fn the_clock_and_what_is_touched_damaged_and_restored() {
    let world = World::whole();
    take(&world, notices::clock());
    take(&world, settings::terms());
    let world = World::small();
    take(&world, notices::touched());
    take(&world, notices::damaged());
}

#[test]
fn every_setting() {
    let world = World::tiny();
    take(&world, settings::identity());
    take(&world, settings::making());
}

#[test]
fn pages_themes_and_words_of_the_command() {
    let world = World::tiny();
    take(&world, settings::pages());
    take(&world, settings::theme());
    take(&world, settings::words());
}

/// Each of these alone, so that everything else is as it was; then with a change, so that there is a new tree.
#[test]
fn whatever_happens_to_the_output_and_to_what_is_remembered() {
    let world = World::small();
    let mut steps = meddling::output();
    #[cfg(unix)]
    steps.extend(meddling::output_on_unix());
    steps.extend(meddling::trees());
    steps.extend(meddling::memory());
    for (index, meddled) in steps.into_iter().enumerate() {
        world.meddle(&meddled);
        (meddled.act)(&world);
        let text = format!("---\ntitle: 找一找\n---\n输入几个字，第 {} 次改。\n", index + 1);
        world.take(&step("又改了一处", move |world| world.site.put("content/pages/search.md", &text)));
    }
}

#[test]
fn any_sequence_of_steps() {
    let world = World::whole();
    walk(&world, &mut Dice::new(number("SEED", 6)), number("STEPS", 12));
}

/// What a build that had nothing to do is worth: it looked.
#[cfg(unix)]
#[test]
fn a_folder_of_the_output_behind_a_link_is_not_taken_for_one_of_ours() {
    let world = World::small();
    let (place, elsewhere) = (world.site.path("public/n"), world.site.outside().join("elsewhere"));
    fs::rename(&place, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &place).unwrap();
    world.site.build_refused(2).says("别人的文件“n”");
}

/// The messages of what is not read again are not lost, and what changes nothing is told as nothing.
#[test]
fn a_build_with_nothing_to_do_changes_nothing_and_is_quick_to_say_so() {
    let world = World::whole();
    let (tree, records) = (world.site.files("public"), world.site.files(".public.jingshi"));
    let result = world.check(0);
    assert_eq!(result["unchanged"], tree.len() - 1);
    assert!(tree == world.site.files("public") && records == world.site.files(".public.jingshi"));
}
