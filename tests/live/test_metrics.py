"""Metrics are what Prometheus reads, behind a token where one is set."""

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


def test_metrics_are_what_prometheus_reads(settings: Settings) -> None:
    asked = settings.model_copy(update={"metrics_public": True})
    with TestClient(create_app(asked, by_itself=False)) as client:
        text = client.get("/metrics").text
    families = {line.split()[2]: line.split()[3] for line in text.splitlines() if line.startswith("# TYPE")}
    assert {"backchannel_sockets", "backchannel_deliveries_total", "backchannel_merged_total"} <= families.keys()
    assert {"backchannel_cut_off_total", "backchannel_catch_ups_total"} <= families.keys()
    assert {
        "backchannel_writes_waiting",
        "backchannel_bus_seconds",
        "backchannel_source_lag_seconds",
        "backchannel_alarm",
        "backchannel_open_files",
        "backchannel_open_files_limit",
        "backchannel_crowded_total",
    } <= families.keys()
    assert families["backchannel_last_socket_seconds"] == "histogram"
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            assert name.startswith("backchannel_")
            float(value)


def test_nobody_reads_metrics_unless_asked_to(settings: Settings) -> None:
    """They name events, and who sits at which desk is seen in their figures."""
    with TestClient(create_app(settings, by_itself=False)) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


def test_metrics_may_be_kept_behind_a_token(settings: Settings) -> None:
    locked = settings.model_copy(update={"metrics_token": Settings(metrics_token="open sesame").metrics_token})  # type: ignore[arg-type]
    with TestClient(create_app(locked, by_itself=False)) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer open sesame"}).status_code == 200
