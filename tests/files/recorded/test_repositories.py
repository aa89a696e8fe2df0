"""The tree of a repository: every record by its key, however it is cut."""

import pytest

from app.domain.recorded import Broken, NoRecording
from app.files.recorded.repositories import repository
from tests import recordings as made_up


def test_every_record_has_its_key_its_hash_and_its_value() -> None:
    found = repository(made_up.repository())
    assert found["did"] == made_up.DID
    assert {one["uri"].partition(made_up.DID)[2][1:]: one["value"] for one in found["records"]} == made_up.RECORDS
    assert all(one["cid"].startswith("bafyrei") for one in found["records"])


def test_a_record_that_is_missing_is_told_and_the_others_come() -> None:
    gone = "app.bsky.feed.like/3juazpfj7zj2a"
    records = repository(made_up.repository(damaged=gone))["records"]
    assert len([one for one in records if isinstance(one, Broken)]) == 1
    assert len(records) == len(made_up.RECORDS)


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, made_up.repository()[:80], b"\x0a\xa1eroots\x80"])
def test_without_its_commit_there_is_no_repository(content: bytes) -> None:
    with pytest.raises(NoRecording):
        repository(content)
