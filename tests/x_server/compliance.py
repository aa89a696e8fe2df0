"""Batch compliance: upload ids, wait, download what is gone and why."""

import json
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import check, words
from .clock import Clock, born, iso, snowflake
from .problems import Refused, invalid, not_found

if TYPE_CHECKING:
    from .site import Site

WORKING = 30.0
FIELDS = {
    "compliance_job.fields": words(
        "created_at download_expires_at download_url id name resumable status type upload_expires_at upload_url"
    )
}


@dataclass
class Job:
    id: str
    type: str
    name: str | None
    created_at: datetime
    ids: list[str] = field(default_factory=list)
    done: float | None = None

    @property
    def status(self) -> str:
        if self.done is None:
            return "created"
        return "complete" if time.monotonic() >= self.done else "in_progress"


@dataclass
class Jobs:
    clock: Clock
    rows: dict[str, Job] = field(default_factory=dict)

    def create(self, kind: str, name: str | None) -> Job:
        at = self.clock.now()
        job = Job(str(snowflake(at, len(self.rows) + 1)), kind, name, at)
        self.rows[job.id] = job
        return job

    def upload(self, job: Job, ids: list[str]) -> None:
        job.ids, job.done = ids, time.monotonic() + self.clock.real(WORKING)


async def create_job(site: "Site", request: web.Request) -> web.Response:
    check(request.query, FIELDS if site.style != "tweet" else {})
    try:
        body = await request.json()
    except ValueError:
        body = {}
    if body.get("type") not in ("tweets", "users"):
        raise Refused(400, invalid("`type` is tweets or users", type=[str(body.get("type"))]))
    return site.json({"data": _shown(site, site.jobs.create(body["type"], body.get("name")))})


async def list_jobs(site: "Site", request: web.Request) -> web.Response:
    check(request.query, FIELDS, "type", "status")
    kind, status = request.query.get("type"), request.query.get("status")
    if kind not in ("tweets", "users"):
        raise Refused(400, invalid("`type` is required: tweets or users"))
    found = [_shown(site, job) for job in site.jobs.rows.values() if job.type == kind and status in (None, job.status)]
    meta = {"result_count": len(found)}
    return site.json({"data": found, "meta": meta} if found else {"meta": meta})


async def get_job(site: "Site", request: web.Request) -> web.Response:
    check(request.query, FIELDS)
    return site.json({"data": _shown(site, _job(site, request))})


async def upload_ids(site: "Site", request: web.Request) -> web.Response:
    site.jobs.upload(_job(site, request), (await request.text()).split())
    return web.Response()


async def download_results(site: "Site", request: web.Request) -> web.Response:
    job = _job(site, request)
    if job.status != "complete":
        raise web.HTTPNotFound
    find = _post_verdict if job.type == "tweets" else _user_verdict
    lines = [json.dumps(verdict) + "\n" for one in job.ids if (verdict := find(site, one))]
    return web.Response(text="".join(lines), content_type="text/plain")


def _post_verdict(site: "Site", post_id: str) -> dict[str, Any] | None:
    """One result line; posts that may stay have none."""
    post, now = site.world.posts.get(post_id), iso(site.clock.now())
    verdict = {"id": post_id, "action": "delete", "created_at": iso(born(int(post_id))), "redacted_at": now}
    if post is None or post.deleted:
        return verdict | {"reason": "deleted"}
    gone = _gone(post.author.suspended, post.author.protected)
    return verdict | {"reason": gone} if gone else None


def _user_verdict(site: "Site", user_id: str) -> dict[str, Any] | None:
    user, now = site.world.users.get(user_id), iso(site.clock.now())
    gone = "deleted" if user is None else _gone(user.suspended, user.protected)
    return {"id": user_id, "action": "delete", "created_at": now, "reason": gone} if gone else None


def _gone(suspended: bool, protected: bool) -> str:
    return "suspended" if suspended else "protected" if protected else ""


def _job(site: "Site", request: web.Request) -> Job:
    job = site.jobs.rows.get(request.match_info["id"])
    if job is None:
        raise Refused(404, not_found("compliance job", "id", request.match_info["id"]))
    return job


def _shown(site: "Site", job: Job) -> dict[str, Any]:
    base = f"{site.base}/_compliance/{job.id}"
    shown: dict[str, Any] = {
        "id": job.id,
        "type": job.type,
        "status": job.status,
        "created_at": iso(job.created_at),
        "resumable": False,
        "upload_url": f"{base}/upload",
        "download_url": f"{base}/download",
        "upload_expires_at": iso(job.created_at + timedelta(minutes=15)),
        "download_expires_at": iso(job.created_at + timedelta(days=7)),
    }
    return shown | ({"name": job.name} if job.name else {})
