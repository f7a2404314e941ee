"""A test that did not run is said aloud; where nothing may be left out (`--forbid-skips`), it is a failure."""

from collections.abc import Callable, Generator

import pytest

from tests import faketime, history, postgres
from tests.browser import chromium

NEEDS: dict[str, Callable[[], object | None]] = {
    "PostgreSQL server (Debian: postgresql)": postgres.programs,
    "libfaketime (Debian: libfaketime)": faketime.library,
    "history of the repository (a whole clone, with git)": history.before,
    "browser (Debian: chromium)": chromium.program,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--forbid-skips", action="store_true", help="a test that is skipped or expected to fail is a failure"
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("forbid_skips"):
        _refuse(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("forbid_skips"):
        _refuse(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = [name for name, find in NEEDS.items() if find() is None]
    left_out = len(terminalreporter.stats.get("skipped", []))
    if missing or left_out:
        terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
    if left_out:
        terminalreporter.line(f"{left_out} tests did not run: this is not a full pass.")
    for name in missing:
        terminalreporter.line(f"This machine has no {name}.")


def _refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    # A test that was expected to fail and did not is marked by the same attribute.
    expected_to_fail = hasattr(report, "wasxfail")
    if report.skipped or expected_to_fail:
        reason = getattr(report, "wasxfail", None) or _told(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"left out, and nothing may be left out here: {reason}"
    if expected_to_fail:
        del report.wasxfail


def _told(longrepr: object) -> str:
    match longrepr:
        case (str() as path, int() as line, str() as reason):
            return f"{path}:{line}: {reason}"
        case _:
            return str(longrepr)
