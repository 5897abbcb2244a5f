"""What Prometheus is told: requests by route, pools by name, and which dataset is published."""

from __future__ import annotations

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from api.observation.requests import RequestCounts
from tests.serve.running import Service


def counts(client: httpx.Client, name: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = (sample for family in families for sample in family.samples if sample.name == name)
    return {tuple(value for _, value in sorted(sample.labels.items())): sample.value for sample in samples}


def test_requests_are_counted_by_the_template_of_their_route(client: httpx.Client) -> None:
    before = counts(client, "keifu_requests_total")
    for number in range(20):
        client.get(f"/doc/nothing/{number}")
        client.get(f"/nothing-{number}")
    client.request("PROPFIND", "/sparql")
    after = counts(client, "keifu_requests_total")
    assert len(after.keys() - before.keys()) <= 4
    assert after["GET", "/doc/{path:path}", "404"] - before.get(("GET", "/doc/{path:path}", "404"), 0) == 20
    assert after["GET", "(none)", "404"] - before.get(("GET", "(none)", "404"), 0) == 20
    assert after["other", "/sparql", "405"] >= 1
    assert counts(client, "keifu_request_seconds_count")["/doc/{path:path}",] >= 20
    assert counts(client, "keifu_requests_in_flight") == {(): 1}


def test_durations_are_added_up_from_bound_to_bound() -> None:
    counted = RequestCounts()
    for seconds in (0.0005, 0.001, 0.002, 7.0, 60.0):
        counted.add("/route", "GET", 200, seconds)
    registry = CollectorRegistry()
    registry.register(counted)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    samples = [sample for family in families for sample in family.samples]
    buckets = {sample.labels["le"]: sample.value for sample in samples if "le" in sample.labels}
    assert buckets["0.001"] == 2
    assert buckets["0.0025"] == buckets["5.0"] == 3
    assert (buckets["10.0"], buckets["30.0"], buckets["+Inf"]) == (4, 4, 5)
    assert {sample.value for sample in samples if sample.name.endswith("_seconds_sum")} == {67.0035}


def test_pools_are_counted_by_name(service: Service, client: httpx.Client) -> None:
    answered, refused = (
        counts(client, "keifu_pool_answered_total"),
        counts(client, "keifu_pool_refused_total"),
    )
    replaced = counts(client, "keifu_pool_replaced_total")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
    assert client.get("/sparql?query=ASK{<http://e/asked-once>a<http://e/x>}").status_code == 200
    assert client.get("/sparql?query=nonsense").status_code == 400
    assert client.post("/sparql", data={"query": endless}).status_code == 504
    assert client.get("/health").status_code == 200
    now = counts(client, "keifu_pool_answered_total")
    assert now["strangers",] - answered["strangers",] == 1
    assert now["pages",] > answered["pages",]
    now = counts(client, "keifu_pool_refused_total")
    for reason in ("malformed", "out-of-time"):
        assert now["strangers", reason] - refused.get(("strangers", reason), 0) == 1
    assert counts(client, "keifu_pool_replaced_total")["strangers",] - replaced["strangers",] == 1
    workers = counts(client, "keifu_pool_workers")
    assert workers == {("pages",): service.settings.page_workers, ("strangers",): service.settings.workers}
    assert counts(client, "keifu_pool_busy") == {("pages",): 0, ("strangers",): 0}
    assert counts(client, "keifu_pool_waiting") == {("pages",): 0, ("strangers",): 0}


def test_caches_are_counted_by_name(client: httpx.Client) -> None:
    def of_strangers(name: str) -> float:
        return counts(client, f"keifu_cache_{name}")["strangers",]

    before = {name: of_strangers(name) for name in ("hits_total", "misses_total", "bytes")}
    for _ in range(3):
        assert client.get("/sparql?query=ASK{<http://e/asked-thrice>a<http://e/x>}").status_code == 200
    assert of_strangers("misses_total") - before["misses_total"] == 1
    assert of_strangers("hits_total") - before["hits_total"] == 2
    assert of_strangers("bytes") > before["bytes"]
    assert set(counts(client, "keifu_cache_bytes")) == {("answers",), ("strangers",), ("pages",)}


def test_the_published_dataset_is_named(service: Service, client: httpx.Client) -> None:
    labels = next(iter(counts(client, "keifu_dataset_info")))
    assert set(labels) == {"small", "small-1"}
    since = counts(client, "keifu_store_published_timestamp_seconds")[()]
    assert since == pytest.approx(service.folders.store.lstat().st_mtime)


def test_metrics_speak_openmetrics_where_asked(client: httpx.Client) -> None:
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=")
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
