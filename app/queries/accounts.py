"""Whose account a byline is: by the id that the network gives it, by the handle where it gives none."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from app.domain.incoming import Account, Byline
from app.domain.post import Author, Post
from app.domain.signed_names import signed_now

Key = tuple[str, str]
"""The source, and what an Author there is known by (`Author.ref`)."""


def account_of(source: str, byline: Byline) -> Key:
    return source, byline.ref or _by_handle(byline.handle)


def accounts_of(db: Session, event_id: int, bylines: Iterable[tuple[str, Byline]]) -> dict[Key, Author]:
    """Those of the accounts that have written here.

    Whoever is known by the handle only is the account that bears it, once its id is told; and a byline without an id
    is that of whoever bore its handle last.
    """
    wanted = {account_of(source, byline): byline for source, byline in bylines}
    refs = {ref for _, ref in wanted} | {_by_handle(byline.handle) for byline in wanted.values()}
    sources = {source for source, _ in wanted}
    # Not as pairs: SQLite would look through all authors of the event for them.
    query = select(Author).where(
        Author.event_id == event_id, col(Author.source).in_(sources), col(Author.ref).in_(refs)
    )
    there = {(author.source, author.ref): author for author in db.exec(query)}
    found = {account: there[account] for account in wanted if account in there}
    for (source, ref), byline in wanted.items():
        by_handle = (source, _by_handle(byline.handle))
        if (source, ref) not in found and by_handle in there and by_handle not in found:
            found[source, ref] = there.pop(by_handle)
    bare = {(source, byline.handle) for (source, ref), byline in wanted.items() if not byline.ref} - {
        (source, byline.handle) for (source, ref), byline in wanted.items() if (source, ref) in found
    }
    for author in _bearing(db, event_id, bare):
        found[author.source, _by_handle(author.handle)] = author
    return found


def called_otherwise(db: Session, event_id: int, accounts: Iterable[Account]) -> list[Account]:
    """Those that are not called, or do not look, as we know them; of several posts of one account the first tells."""
    each = {account_of(one.source, one.byline): one for one in reversed(list(accounts))}
    by_post = {(one.source, one.ref): one for one in each.values()}
    query = select(Post.source, Post.ref, Author).join(Author, col(Author.id) == Post.author_id)
    rows = db.exec(
        query.where(
            Post.event_id == event_id,
            col(Post.source).in_({source for source, _ in by_post}),
            col(Post.ref).in_({ref for _, ref in by_post}),
        )
    )
    known = {(source, ref): author for source, ref, author in rows if (source, ref) in by_post}
    return [by_post[key] for key, author in known.items() if _differs(author, by_post[key].byline)]


def _differs(author: Author, byline: Byline) -> bool:
    now = signed_now(byline)
    return any(getattr(author, field) != value for field, value in now.items())


def is_taken(db: Session, author: Author, ref: str) -> bool:
    """Whether an account is known as another Author already."""
    other = select(Author.id).where(
        Author.event_id == author.event_id, Author.source == author.source, Author.ref == ref
    )
    return db.exec(other).first() is not None


def _bearing(db: Session, event_id: int, handles: set[Key]) -> list[Author]:
    """Who bears these handles, whoever bore one last at the end."""
    if not handles:
        return []
    query = select(Author).where(
        Author.event_id == event_id,
        col(Author.source).in_({source for source, _ in handles}),
        col(Author.handle).in_({handle for _, handle in handles}),
    )
    found = db.exec(query.order_by(col(Author.id)))
    return [author for author in found if (author.source, author.handle) in handles]


def _by_handle(handle: str) -> str:
    return f"@{handle}"
