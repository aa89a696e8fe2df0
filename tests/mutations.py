"""Changes of one line that once passed all tests, and the test that fails for each now.

`python -m tests.mutations` makes each in a copy of the program, runs that test and says whether it failed. It takes a few
minutes. `docs/mutations.md` is this table for people.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROLES = "test_roles.py::test_everybody_is_answered_as_the_table_says"
OPENING = "live/test_sockets_revocation.py::test_a_link_revoked_while_its_socket_is_being_opened_opens_nothing"


@dataclass(frozen=True, slots=True)
class Mutation:
    about: str
    file: str
    """Below `app/`."""
    before: str
    after: str
    test: str
    """Below `tests/`, as pytest names it."""

    @property
    def where(self) -> Path:
        return Path("app") / self.file


MUTATIONS = [
    Mutation(
        "a speaker's link gives verdicts",
        "views/cookies.py",
        "Role.SPEAKER: frozenset({Role.SPEAKER, ",
        "Role.SPEAKER: frozenset({Role.MODERATOR, Role.SPEAKER, ",
        f"{ROLES}[POST /posts/{{held}}/approval]",
    ),
    Mutation(
        "the API key of one event blocks another event's authors",
        "views/api/posts.py",
        "if author is None or author.event_id != event.id:",
        "if author is None:",
        f"{ROLES}[PUT /api/v1/authors/{{author}}/standing]",
    ),
    Mutation(
        "an owner revokes another event's link",
        "queries/links.py",
        "access is not None and access.event_id == event_id and access.revoked_at is None",
        "access is not None and access.revoked_at is None",
        f"{ROLES}[DELETE /e/box10/setup/links/{{their_link}}]",
    ),
    Mutation(
        "`same-site` requests may write",
        "views/same_origin.py",
        'site in {"same-origin", "none"}',
        'site in {"same-origin", "same-site", "none"}',
        "views/test_same_origin.py::test_a_page_of_another_site_may_not_not_even_of_a_neighbour",
    ),
    Mutation(
        "a foreign page with an Authorization header and cookies may write",
        "views/same_origin.py",
        ' and "cookie" not in headers:',
        ":",
        "views/test_same_origin.py::test_a_foreign_page_gains_nothing_by_a_key_beside_the_cookies",
    ),
    Mutation(
        "a vote taken back twice counts −1",
        "actions/votes.py",
        "    for gone in db.exec(own.order_by",
        "    if db.exec(own).first() is None:\n        _count(db, question, -1, at=at)\n    for gone in db.exec(own.order_by",
        "actions/test_votes.py::test_a_vote_that_is_taken_back_twice_is_taken_back_once",
    ),
    Mutation(
        "anybody ends a colleague's seat",
        "actions/seats_and_claims.py",
        "if seat is not None and seat.access_id == by.access_id:",
        "if seat is not None:",
        "actions/test_seats_and_claims.py::test_a_seat_is_left_only_by_whoever_sits_in_it",
    ),
    Mutation(
        "a delegate's phone is not trusted",
        "views/floor/page.py",
        "incoming = replace(incoming, vouched=vouched, ",
        "incoming = replace(incoming, vouched=False, ",
        "views/floor/test_page.py::test_the_phone_of_somebody_whom_the_organiser_knows_is_trusted",
    ),
    Mutation(
        "delayed posts lose their place in the queue",
        "actions/post_columns.py",
        "asks=asks, delayed=ruling.delayed)",
        "asks=asks, delayed=False)",
        "queries/test_desk_paging.py::test_what_will_show_itself_comes_before_what_has_waited_longer",
    ),
    Mutation(
        "delayed posts lose it when they are screened again",
        "actions/screening_again.py",
        "asks=post.asks, delayed=post.delayed)",
        "asks=post.asks, delayed=False)",
        "queries/test_desk_paging.py::test_what_will_show_itself_comes_before_what_has_waited_longer",
    ),
    Mutation(
        "a withdrawn post keeps its URL",
        "actions/withdrawals.py",
        'post.signals, post.reply_to, post.url, post.doubts = [], "", "", ""',
        'post.signals, post.reply_to, post.doubts = [], "", ""',
        "actions/test_withdrawals.py::test_a_post_that_was_withdrawn_keeps_no_word_and_no_address",
    ),
    Mutation(
        "the limit for an address is not kept",
        "views/context.py",
        "if youth:\n            asked.append",
        "if not youth:\n            asked.append",
        "views/floor/test_page.py::test_new_phones_of_an_address_may_send_only_so_much_together",
    ),
    Mutation(
        "the fallback happens again when the alarm changes kind",
        "actions/alarms.py",
        "if now and not before:",
        "if now:",
        "actions/test_alarms.py::"
        "test_a_fallback_that_a_person_took_back_does_not_happen_again_when_the_alarm_changes_its_kind",
    ),
    Mutation(
        "`show_or_hide_question` publishes nothing",
        "actions/questions_of_posts.py",
        "publish_all(db, posts[0].event_id, Subject.QUESTION, ids, at=at)",
        "pass",
        "actions/test_withdrawals.py::test_the_lists_of_questions_are_told_when_the_post_of_one_goes",
    ),
    Mutation(
        "the reader one cursor before the oldest kept misses a message",
        "live/broadcast.py",
        "if not self._back_to <= after <= self.cursor:",
        "if not self._back_to - 1 <= after <= self.cursor:",
        "live/test_broadcast.py::test_a_reader_one_cursor_before_the_oldest_that_is_kept_is_sent_to_the_database",
    ),
    Mutation(
        "no second look at a revocation when a listener is let in at once",
        "live/listeners/upgrade.py",
        "if not admitted.holds():\n        return False\n    broadcast",
        "broadcast",
        OPENING,
    ),
    Mutation(
        "no second look at a revocation after a listener was caught up",
        "live/listeners/upgrade.py",
        "if not admitted.holds():\n        return False\n    if not listener.closing",
        "if not listener.closing",
        OPENING,
    ),
    Mutation(
        "no second look at a revocation when a desk joins",
        "live/sockets.py",
        "if admitted.holds():",
        "if admitted:",
        OPENING,
    ),
    Mutation(
        "no second look at who was let in while the links were read for the others",
        "live/feed.py",
        "if following.links != links and (late := following.access_ids() - accesses):",
        "if following.links < links and (late := following.access_ids() - accesses):",
        "live/test_sockets_revocation.py::test_who_is_let_in_while_the_log_is_read_for_others_is_looked_at_afterwards",
    ),
    Mutation(
        "an undo shows words that were edited since",
        "actions/verdicts.py",
        "if before is Verdict.APPROVED and post.revision != decision.revision:",
        "if before is Verdict.APPROVED and False:",
        "test_shown_is_approved.py::test_what_is_shown_was_let_through_in_exactly_this_form",
    ),
    Mutation(
        "a name that nobody approved comes back by an undo",
        "actions/author_renames.py",
        "if post.verdict is Verdict.APPROVED and not was_approved_before(db, decision):",
        "if False:",
        "actions/test_author_renames.py::test_a_name_that_nobody_approved_does_not_come_back_by_an_undo",
    ),
    Mutation(
        "what was stopped may show itself again in other words",
        "actions/delays.py",
        "if not waits or post.revision != decision.revision:",
        "if not waits:",
        "actions/test_delays.py::test_an_undo_of_a_stop_lets_no_other_words_run_than_those_that_were_stopped",
    ),
    Mutation(
        "an approval counts although the name has changed",
        "actions/author_renames.py",
        "post.revision, post.agreed_by, post.agreed_access_id = revision + 1,",
        "post.revision, post.agreed_by, post.agreed_access_id = revision,",
        "actions/test_author_renames.py::test_an_approval_counts_for_the_name_that_was_seen",
    ),
    Mutation(
        "a talk that ends beside another leaves its question on stage",
        "actions/questions.py",
        "over = talk.id in ended or (talk.id not in running and brought < talk.ends_at <= at)",
        "over = not running and (talk.id in ended or brought < talk.ends_at <= at)",
        "actions/test_questions_and_talks.py::test_a_talk_that_ends_beside_another_that_runs_on_takes_its_question_along",
    ),
]


def failing(copy: Path, *tests: str) -> bool:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        *(f"tests/{test}" for test in tests),
    ]
    return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode == 1


def fails(mutation: Mutation, copy: Path) -> bool:
    """Whether its test fails in a copy of the program with the change."""
    file = copy / mutation.where
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
    try:
        return failing(copy, mutation.test)
    finally:
        file.write_text(text, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        left = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
        shutil.copytree(ROOT, copy, ignore=left)
        if failing(copy, *{one.test for one in MUTATIONS}):
            sys.exit("They fail without any change.")
        passed = [one for one in MUTATIONS if not _said(one, fails(one, copy))]
    sys.exit(f"{len(passed)} changes pass" if passed else 0)


def _said(mutation: Mutation, failed: bool) -> bool:
    print("fails" if failed else "PASSES", mutation.about, mutation.test, sep=" | ", flush=True)
    return failed


if __name__ == "__main__":
    main()
