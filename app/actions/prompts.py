"""Prompts are written beforehand, and released by hand or by the clock."""

from datetime import datetime

from sqlmodel import Session, col, delete

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.event_states import CALENDAR
from app.actions.events import Refused
from app.domain.decision import ADDED, AS_IT_WAS, CHANGED, REMOVED, Actor, Decision
from app.domain.event import Event
from app.domain.filing import due, numbered
from app.domain.prompt import LONGEST_PROMPT, MOST_PROMPTS, Answer, Prompt, PromptKind
from app.domain.screening.reading.blanks import has_words
from app.domain.series import Edition
from app.domain.subject import Subject
from app.queries.prompts import prompts_of

NO_PROMPT_RUNS = "no prompt"


def write_prompt(
    db: Session, event_id: int, *, kind: PromptKind, text: str, minute: int | None, by: Actor, at: datetime
) -> Prompt:
    """Add a prompt behind the others of its kind. Raises Refused for no words, too many words or too many prompts."""
    event = db.get_one(Event, event_id, with_for_update=True)
    known, said = prompts_of(db, event_id), _checked(text, minute)
    if len(known) >= MOST_PROMPTS:
        raise Refused("A chat has at most %(num)d prompts.", num=MOST_PROMPTS)
    same = next((one for one in known if (one.kind, one.text, one.minute) == (kind, said, minute)), None)
    if same is not None:
        return same
    prompt = Prompt(event_id=event_id, kind=kind, place=len(known), text=said, minute=minute)
    db.add(prompt)
    _in_order(db, event, [*known, prompt])
    _written(db, event, "", ADDED, prompt, by=by, at=at)
    return prompt


def change_prompt(db: Session, prompt_id: int, *, text: str, minute: int | None, by: Actor, at: datetime) -> Prompt:
    """Other words, or another minute. Raises Refused as `write_prompt` does."""
    prompt = db.get_one(Prompt, prompt_id, with_for_update=True)
    said = _checked(text, minute)
    if (prompt.text, prompt.minute) != (said, minute):
        prompt.text, prompt.minute = said, minute
        event = db.get_one(Event, prompt.event_id)
        _in_order(db, event, prompts_of(db, event.id))
        _written(db, event, AS_IT_WAS, CHANGED, prompt, by=by, at=at)
    return prompt


def remove_prompt(db: Session, prompt_id: int, *, by: Actor, at: datetime) -> None:
    """It will not be put. Raises Refused for one that was: people have answered it."""
    prompt = db.get_one(Prompt, prompt_id, with_for_update=True)
    if prompt.released_at is not None:
        raise Refused("It was released: people may have answered it.")
    event = db.get_one(Event, prompt.event_id)
    db.exec(delete(Answer).where(col(Answer.prompt_id) == prompt_id))
    _written(db, event, ADDED, REMOVED, prompt, by=by, at=at)
    db.delete(prompt)
    db.flush()
    _in_order(db, event, prompts_of(db, event.id))


def release_prompt(db: Session, prompt_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """Put it to the chat: from now on screens show it, and what says nothing else answers it. None if it runs."""
    prompt = db.get_one(Prompt, prompt_id)
    event = db.get_one(Event, prompt.event_id, with_for_update=True)
    return None if event.prompt_id == prompt.id else _run(db, event, prompt, by=by, at=at)


def end_prompt(db: Session, event_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """Screens show none any more. None if none runs."""
    event = db.get_one(Event, event_id, with_for_update=True)
    return _run(db, event, None, by=by, at=at) if event.prompt_id is not None else None


def release_by_clock(db: Session, event_id: int, *, at: datetime) -> Decision | None:
    """Put what is planned for by now. A hand that was faster is not overtaken."""
    event, edition = db.get_one(Event, event_id), db.get(Edition, event_id)
    if edition is None or not edition.prompts_by_clock:
        return None
    prompt = due(prompts_of(db, event_id), edition.starts_at, at)
    return _run(db, event, prompt, by=CALENDAR, at=at) if prompt is not None else None


def set_prompts_by_clock(db: Session, event_id: int, *, by_clock: bool, by: Actor, at: datetime) -> Edition:
    """Whether the clock releases prompts at their minutes, or only a hand."""
    edition = db.get_one(Edition, event_id, with_for_update=True)
    if edition.prompts_by_clock != by_clock:
        edition.prompts_by_clock = by_clock
        decide(db, event_id, Subject.PROMPT, event_id, _ON[not by_clock], _ON[by_clock], by=by, at=at)
        publish(db, event_id, Subject.PROMPT, event_id, at=at)
    return edition


_ON = {True: "on", False: "off"}


def take_back_prompt(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """What ran before runs again; what was released by it was never put."""
    event = db.get_one(Event, decision.event_id, with_for_update=True)
    if decision.after in {"on", "off"} or _said(event.prompt_id) != decision.after or decision.before == decision.after:
        return False
    before = _prompt_of(db, decision.before)
    if before is None and decision.before != NO_PROMPT_RUNS:
        return False
    taken = _prompt_of(db, decision.after)
    if taken is not None and taken.released_at == decision.at:
        taken.released_at = None
    _run(db, event, before, by=by, at=at, undoes=decision)
    return True


def _run(
    db: Session, event: Event, prompt: Prompt | None, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision:
    before, after = _said(event.prompt_id), _said(prompt.id if prompt else None)
    why = prompt.words[:200] if prompt else ""
    decision = decide(db, event.id, Subject.PROMPT, event.id, before, after, by=by, at=at, reason=why, undoes=undoes)
    if prompt is not None and prompt.released_at is None:
        prompt.released_at = at
    event.prompt_id = prompt.id if prompt else None
    publish(db, event.id, Subject.PROMPT, event.id, at=at)
    return decision


def _checked(text: str, minute: int | None) -> str:
    said = " ".join(text.split())
    if not has_words(said):
        raise Refused("Type the prompt first.")
    if len(said) > LONGEST_PROMPT:
        raise Refused("A prompt has at most %(letters)d letters.", letters=LONGEST_PROMPT)
    if minute is not None and not 0 <= minute <= 24 * 60:
        raise Refused("A prompt is planned for a minute of the day.")
    return said


def _in_order(db: Session, event: Event, prompts: list[Prompt]) -> None:
    """Those that were released stay in front; of the others the welcome is first and the closing last, by minutes."""
    order = {PromptKind.WELCOME: 0, PromptKind.QUESTION: 1, PromptKind.CLOSING: 2}
    put = [one for one in prompts if one.released_at is not None]
    planned = [one for one in prompts if one.released_at is None]
    planned.sort(key=lambda one: (order[one.kind], one.minute is None, one.minute or 0, one.place))
    ordered = [*put, *planned]
    for place, (one, number) in enumerate(zip(ordered, numbered([one.kind for one in ordered]), strict=True)):
        one.place, one.number = place, number
    event.prompts = len(ordered)
    db.flush()


def _written(db: Session, event: Event, before: str, after: str, prompt: Prompt, *, by: Actor, at: datetime) -> None:
    db.flush()
    decide(db, event.id, Subject.PROMPT, event.id, before, after, by=by, at=at, detail=prompt.words)
    publish(db, event.id, Subject.PROMPT, event.id, at=at)


def _said(prompt_id: int | None) -> str:
    return f"prompt:{prompt_id}" if prompt_id is not None else NO_PROMPT_RUNS


def _prompt_of(db: Session, said: str) -> Prompt | None:
    return db.get(Prompt, int(said.rpartition(":")[2])) if said.startswith("prompt:") else None
