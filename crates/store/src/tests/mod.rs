//! The same tests on both databases: each is a sentence, and a function that is given an empty desk.

mod cluster;
mod desk;

mod backup;
mod calls;
mod circle;
mod conversations;
mod customers;
mod drafts;
mod erasing;
mod facts;
mod jobs;
mod moments;
mod opening;
mod options;
mod outbox;
mod own_rooms;
mod people;
mod privacy;
mod promises;
mod raws;
mod receive;
mod timed;
mod turns;
mod workload;

use desk::TestDesk;

/// Lists the tests of every file. Each runs alone on SQLite; all of them run again, one after
/// another, on one PostgreSQL.
macro_rules! on_both {
    ($($file:ident: $($name:ident)*;)*) => {
        mod on_sqlite {
            $(mod $file {
                $(#[test]
                fn $name() {
                    super::super::run(async {
                        super::super::$file::$name(super::super::TestDesk::on_sqlite().await).await;
                    });
                })*
            })*
        }

        #[test]
        fn the_same_holds_on_postgres() {
            let Some(cluster) = cluster::Cluster::found_or_started() else { return };
            let mut failed: Vec<&str> = Vec::new();
            $($({
                let address = cluster.address_of_a_new_schema();
                let outcome = std::panic::catch_unwind(|| {
                    run(async { $file::$name(TestDesk::on_postgres(&address).await).await });
                });
                if outcome.is_err() {
                    failed.push(concat!(stringify!($file), "::", stringify!($name)));
                }
            })*)*
            assert!(failed.is_empty(), "on PostgreSQL these do not hold: {failed:#?}");
        }
    };
}

on_both! {
    opening:
        an_empty_place_becomes_a_desk_and_stays_one
        a_newer_schema_is_left_alone
        a_full_desk_of_words_comes_back_unchanged;
    people:
        a_login_is_found_in_any_case_and_taken_once
        a_session_ends_with_its_time_and_with_a_new_password
        the_tenth_try_is_heard_and_the_eleventh_is_not
        tries_at_once_are_all_counted
        agents_see_only_their_inboxes;
    raws:
        the_same_bytes_twice_change_nothing
        a_letter_its_mark_and_its_job_are_stored_together
        a_changed_uid_validity_starts_over_and_doubles_nothing
        an_older_uid_never_turns_the_mark_back
        many_letters_are_stored_together
        fifty_megabytes_are_stored_as_they_are;
    receive:
        a_letter_becomes_a_conversation_once
        two_workers_on_one_letter_make_one_message
        letters_at_once_from_a_new_address_make_one_customer
        a_letter_reopens_what_was_done
        an_answering_machine_changes_nobodys_turn
        a_thread_is_found_in_its_own_inbox_only
        a_conversation_in_another_inbox_is_not_joined
        attachments_are_named_by_us
        a_nul_in_a_letter_is_no_reason_to_lose_it
        strangers_without_an_address_are_not_one_customer;
    conversations:
        pages_hold_every_line_once
        turns_are_counted_and_given
        only_a_member_is_given_a_conversation
        a_note_shows_in_the_thread_and_nowhere_else
        a_customer_page_shows_what_this_agent_may_see
        numbers_are_given_once_when_letters_come_at_once;
    turns:
        whoever_waits_longest_comes_first
        what_a_colleague_has_taken_on_is_not_mine;
    workload:
        what_arrives_is_seen_by_its_own_team
        promises_are_added_up_with_how_many_made_them
        records_that_do_not_agree_are_counted_by_source;
    moments:
        a_knock_waits_for_whom_it_is_meant
        two_who_open_a_knock_open_one_moment
        a_call_is_told_once_in_any_order
        a_missed_call_waits_and_one_that_was_answered_does_not
        a_number_of_two_people_names_neither
        a_card_is_written_by_two_and_loses_nothing
        a_kept_card_stands_in_the_thread_and_can_be_opened_again
        a_letter_and_a_moment_are_joined_and_parted;
    customers:
        somebody_is_found_by_name_address_and_number
        what_matters_is_kept_only_with_their_consent
        earlier_conversations_are_told_with_what_they_asked;
    erasing:
        nothing_of_a_customer_is_left
        what_somebody_else_wrote_stays
        a_customer_of_another_inbox_is_not_erased
        every_table_with_their_words_is_known;
    drafts:
        a_draft_is_saved_and_saved_again
        another_tab_is_told_and_nothing_is_lost
        a_sent_draft_does_not_come_back
        a_reply_and_a_note_are_written_apart
        a_later_draft_survives_the_sending_of_an_earlier_one;
    own_rooms:
        a_room_is_made_once_and_locked_anew
        what_is_kept_belongs_to_one_person
        nothing_of_a_room_is_left;
    facts:
        what_they_say_stands_beside_what_we_know
        a_second_look_keeps_what_was_checked_by_hand
        a_check_is_taken_back_and_the_record_shows_again
        a_line_written_by_hand_goes_as_it_came
        a_letter_asks_for_its_facts_once
        what_was_said_aloud_has_lines_of_its_own;
    jobs:
        a_job_goes_to_one_of_two_workers
        a_job_whose_worker_died_comes_back
        a_worker_that_was_too_slow_can_finish_nothing
        a_job_tried_again_waits_for_its_time;
    options:
        a_use_is_counted_with_its_reply_and_not_once_it_is_taken_back
        what_an_option_led_to_is_counted_by_option
        a_nod_is_asked_once_and_answered_by_a_colleague
        an_answer_can_be_taken_back_and_a_question_too
        a_nod_shows_only_to_those_who_may_see_its_conversation;
    calls:
        a_call_is_heard_by_those_it_is_for
        the_first_who_comes_is_the_one
        a_whisper_is_between_two_and_never_a_message
        nothing_of_a_call_is_left_to_count;
    circle:
        a_moment_is_brought_talked_about_and_forgotten
        a_moment_is_anybodys_unless_somebody_stands_by_it
        a_lesson_says_what_became_of_it
        the_shelf_holds_what_was_put_there_and_nobodys_name_by_itself;
    timed:
        a_timed_reply_goes_at_its_time
        a_timed_reply_never_goes_over_a_newer_letter
        a_letter_between_claim_and_handing_over_holds_it_back
        an_untimed_reply_is_not_held_back;
    outbox:
        a_reply_is_queued_with_its_message_its_job_and_its_turn
        the_same_form_twice_queues_one_reply
        one_of_two_claimers_wins
        an_undo_gives_the_words_back
        an_undo_beats_a_worker_that_has_not_begun
        an_undo_after_the_point_of_no_return_says_so
        an_undo_keeps_a_newer_draft
        undo_and_handing_over_at_once_have_one_winner
        nothing_leaves_before_its_time
        a_refusal_for_now_is_tried_again
        a_crash_before_handing_over_sends_once
        a_crash_while_handing_over_leaves_it_to_a_person
        a_lease_that_ended_fences_its_worker_off
        a_slow_worker_settles_what_was_called_unsure
        an_unsure_reply_is_sent_again_or_settled_by_a_person
        a_bounce_marks_the_reply_it_is_about
        a_note_cannot_be_sent;
    promises:
        a_reply_and_what_it_promises_are_written_together
        a_withdrawn_reply_takes_its_promises_and_undoes_what_it_did
        a_promise_is_brought_up_from_its_time_on_until_it_is_settled
        a_moved_promise_remembers_when_it_was_due_first
        a_broken_promise_stands_until_it_is_answered_for
        what_was_said_of_a_promise_can_be_taken_back
        another_inboxs_promises_are_not_seen
        a_reply_settles_nothing_in_another_conversation;
}

/// Runs one test to its end.
fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test);
}
