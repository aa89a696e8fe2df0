"""Who poses as the event, its staff, a speaker or a verified account waits; ordinary names do not."""

import pytest

from app.domain.author_standing import Standing
from app.domain.incoming import Byline
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal, Verdict
from tests.conftest import incoming

HERE = Surroundings(
    event_name="Closer to Home 2026",
    hashtags=("closer26",),
    speakers=("Nia Rees @niarees", "Prof Dame Olwen Pryce-Jones", "Amit Shah", "Sade"),
)
PASS = Policy(mode="pass")


def posing(name: str = "Jo Hart", handle: str = "jo_hart", at: Surroundings = HERE, **facts: object) -> list[Signal]:
    ruling = screen(incoming("A fine evening", byline=Byline(handle, name), **facts), PASS, at)
    found = [signal for signal in ruling.signals if signal.code == "impersonation"]
    assert (ruling.verdict is Verdict.HELD) is bool(found)
    return found


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("Closer to Home ✔️ OFFICIAL", "a verified account, the event itself, somebody who runs the event"),
        ("Closer to Home", "the event itself"),
        ("CLOSER TO HOME", "the event itself"),
        ("Clоser to Hоme", "the event itself"),
        ("#closer26", "the event itself"),
        ("C1oser to Home", "the event itself"),
        ("CIoser to Horne", "the event itself"),
        ("cIoser26", "the event itself"),
        ("Closer Team", "somebody who runs the event"),
        ("Moderator", "somebody who runs the event"),
        ("The Moderators", "somebody who runs the event"),
        ("Event Admin", "somebody who runs the event"),
        ("Sam (Moderator)", "somebody who runs the event"),
        ("Sam | Admin", "somebody who runs the event"),
        ("Sam - Organiser", "somebody who runs the event"),
        ("[MOD] Sam", "somebody who runs the event"),
        ("Sam Lee Moderator", "somebody who runs the event"),
        ("0fficial", "somebody who runs the event"),
        ("Оfficial Account", "somebody who runs the event"),
        ("M0derat0r", "somebody who runs the event"),
        ("OfficiaI", "somebody who runs the event"),
        ("Adrnin", "somebody who runs the event"),
        ("O F F I C I A L", "somebody who runs the event"),
        ("𝗠𝗼𝗱𝗲𝗿𝗮𝘁𝗼𝗿", "somebody who runs the event"),
        ("Conference Chair", "somebody who runs the event"),
        ("Jo ✅", "a verified account"),
        ("☑️ Leeds", "a verified account"),
        ("Nia Rees", "Nia Rees, who speaks here"),
        ("Nіa Rees", "Nia Rees, who speaks here"),
        ("NIa Rees", "Nia Rees, who speaks here"),
        ("Nla Rees", "Nia Rees, who speaks here"),
        ("Arnit Shah", "Amit Shah, who speaks here"),
        ("Dr Nia Rees OBE", "Nia Rees, who speaks here"),
        ("Nia Rees 🎤", "Nia Rees, who speaks here"),
        ("Help Desk", "somebody who runs the event"),
        ("Technical Support", "somebody who runs the event"),
        ("Jo | Stage Manager", "somebody who runs the event"),
        ("Modérateur", "somebody who runs the event"),
        ("Anna, Organisatorin", "somebody who runs the event"),
        ("Cuenta Oficial", "somebody who runs the event"),
        ("Trefnydd", "somebody who runs the event"),
        ("Jo 🮱", "a verified account"),
        ("Olwen Pryce Jones", "Prof Dame Olwen Pryce-Jones, who speaks here"),
        ("Shah, Amit", "Amit Shah, who speaks here"),
        ("Shah Amit", "Amit Shah, who speaks here"),
        ("Olwen Pryce-Jones", "Prof Dame Olwen Pryce-Jones, who speaks here"),
    ],
)
def test_who_poses_as_somebody_waits(name: str, whom: str) -> None:
    (signal,) = posing(name)
    assert (signal.category, signal.level, signal.field) == ("author", Level.HOLD, "name")
    assert signal.explanation == f"The author’s name: It may pose as {whom}."
    assert all(0 <= start < end <= len(name) for start, end in signal.spans)


@pytest.mark.parametrize(
    "name",
    [
        "Jo Official-Smith", "Jo #closer26", "Ward 7 Team", "NHS Leeds Community Team", "Jess, community organiser",
        "Union Organiser", "Jo Hart (Team Leader)", "Anna | Admin officer at Leeds", "Nia Rees-Jones", "Nia Rees Jones",
        "Nia R", "Home Carers Leeds", "Close to Home Care", "Amit", "Sade", "Dr A. Lee | Chair", "Jo | Press officer",
        "Security Guard Dave", "Moderate Mike", "Elected Official", "Staffordshire Carers", "Modesty Blaise",
        "Modupe Ade", "Stewart Crewe", "Wedding Organiser", "Helen Staff-Nurse", "Staff Nurse Jo", "The Home Team Nurses",
        "Carer 26", "Unofficial Jo", "Hostel Harry", "Adminah Khan", "Office admin",
        "Jo | Programme Director", "Desk Lamp Dave", "Tech Tina", "Nia Jones Rees",
    ],
)  # fmt: skip
def test_an_ordinary_name_poses_as_nobody(name: str) -> None:
    assert not posing(name)


@pytest.mark.parametrize(
    "handle",
    ["closertohome", "closer26", "Closer26Official", "closertohome_mods", "closer26team", "moderator", "event_admin",
     "CloserToHome2026", "c1oser26", "cIoser26", "CloserToHorne", "officiaI_closer26"],
)  # fmt: skip
def test_a_handle_may_pose_too(handle: str) -> None:
    (signal,) = posing(handle=handle)
    assert (signal.field, signal.spans) == ("handle", ((0, len(handle)),))


@pytest.mark.parametrize(
    "handle", ["closer26fan", "jo_closer26", "JoMossOfficial", "admin_jo", "closerlook", "modesty"]
)
def test_an_ordinary_handle_poses_as_nobody(handle: str) -> None:
    assert not posing(handle=handle)


def test_whom_the_organiser_knows_may_be_called_anything() -> None:
    assert posing("Nia Rees")
    assert not posing("Nia Rees", "NiaRees")
    assert not posing("Nia Rees", vouched=True, source="floor")
    assert posing("Nia Rees", "niarees", source="floor")
    trusted = Surroundings(event_name="Box 10", speakers=HERE.speakers, standing=Standing.TRUSTED)
    assert not posing("Box 10 Official", at=trusted)
    listed = Policy(mode="pass", trusted=("box10",))
    post = incoming("A fine evening", byline=Byline("box10", "Box 10"))
    assert screen(post, PASS, Surroundings(event_name="Box 10")).verdict is Verdict.HELD
    assert screen(post, listed, Surroundings(event_name="Box 10")).verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    "name", ["Bridging the Gap", "The Frailty Forum", "Frailty Forum 27", "Frailty Forum | Help Desk"]
)
@pytest.mark.parametrize("seam", [": ", " – ", " - ", " | "])
def test_a_piece_of_the_events_name_is_its_name(name: str, seam: str) -> None:
    there = Surroundings(event_name=f"Bridging the Gap{seam}Frailty Forum 2027", hashtags=("gap27",))
    assert posing(name, at=there)
    assert posing(handle=name.partition(" |")[0].replace(" ", "").removeprefix("The"), at=there)
    for other in ("The Gap Bridgers", "Leeds Frailty Forum", "Frailty Nurse", "Bridging the Gap Year Travel"):
        assert not posing(other, at=there)


def test_a_handle_may_be_a_speakers_name() -> None:
    assert [signal.field for signal in posing(handle="AmitShah7")] == ["handle"]
    assert posing(handle="olwen_pryce_jones")
    assert not posing(handle="amits")
    assert not posing(handle="sade")
    assert not posing(handle="niarees")


def test_an_event_that_is_called_as_people_are_takes_nobody_s_name() -> None:
    assert not posing("Joy Hughes", at=Surroundings(event_name="Joy", hashtags=("joy",)))
    assert not posing("Grace", at=Surroundings(event_name="Grace"))
    assert posing("Gathering", at=Surroundings(event_name="Gathering"))
    assert not posing("The Gathering Place", at=Surroundings(event_name="Gathering"))
