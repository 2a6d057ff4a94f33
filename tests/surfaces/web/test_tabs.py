"""Two tabs, the way back and the reload: nothing is overwritten, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pamit.domain.terms import Language
from pamit.services.ports import Listing

from .browser import Opener, Tab
from .conftest import WHATSAPP, Visitor


def _second(tab: Tab) -> Tab:
    """Another tab of the same browser."""
    return Tab(tab.page.context.new_page(), tab.home, tab.say)


def _write(tab: Tab, case: str, words: str) -> None:
    tab.page.get_by_label(tab.say("field.location"), exact=True).fill(words)
    tab.page.get_by_role("button", name=tab.say("edit.save")).click()


@pytest.mark.parametrize(("language", "script"), [(Language.ID, True), (Language.EN, False)])
def test_second_tab_is_shown_both_sides(open_tab: Opener, known: Visitor, language: Language, script: bool) -> None:
    """Who saves last sees what the other saved, and says which one holds."""
    case = known.kept()
    first = open_tab(language=language, java_script_enabled=script, width=320)
    second = _second(first)
    for tab in (first, second):
        tab.goto(f"/cases/{case}/edit")
    _write(first, case, "Jl. Mawar 1")
    first.page.wait_for_url(f"**/cases/{case}")
    _write(second, case, "Jl. Kenanga 2")
    table = second.page.locator("main table")
    table.wait_for()
    assert [text for text in ("Jl. Mawar 1", "Jl. Kenanga 2") if text in table.inner_text()] == ["Jl. Mawar 1", "Jl. Kenanga 2"]
    assert known.site.pamit.case(case).case.interview.location == "Jl. Mawar 1"
    second.page.get_by_role("button", name=second.say("conflict.keep_yours")).click()
    second.page.wait_for_url(f"**/cases/{case}")
    assert known.site.pamit.case(case).case.interview.location == "Jl. Kenanga 2"
    first.assert_quiet()


def test_undo_of_an_older_view_takes_nothing_back(open_tab: Opener, known: Visitor) -> None:
    """What the other tab has noted since then stays."""
    case = known.kept()
    first = open_tab()
    second = _second(first)
    known.post(f"/cases/{case}/note", {"kind": "confirmation_received"})
    for tab in (first, second):
        tab.goto(f"/cases/{case}")
    first.page.get_by_role("button", name=first.say("note.rescheduled_by_employer"), exact=True).click()
    first.page.get_by_role("status").wait_for()
    noted = known.site.pamit.case(case)
    second.page.get_by_role("button", name=second.say("case.undo_last"), exact=True).click()
    second.page.get_by_text(second.say("error.case-moved-on")).wait_for()
    assert known.site.pamit.case(case) == noted


def _add(tab: Tab) -> None:
    tab.goto("/add")
    tab.page.get_by_label(tab.say("add.paste"), exact=True).fill(WHATSAPP.replace("Lembah", "Bukit"))
    tab.page.get_by_role("button", name=tab.say("add.read")).click()
    tab.page.get_by_role("button", name=tab.say("add.keep")).click()
    tab.page.wait_for_url("**/cases/*")


def _press(key: str, place: str = "") -> Callable[[Tab, str], None]:
    def act(tab: Tab, case: str) -> None:
        tab.goto(f"/cases/{case}{place}")
        tab.page.get_by_role("button", name=tab.say(key), exact=True).first.click()
        tab.page.get_by_role("status").wait_for()

    return act


def _say(tab: Tab, case: str) -> None:
    tab.goto(f"/cases/{case}/write?purpose=confirm&channel=text")
    tab.page.get_by_role("button", name=tab.say("write.continue")).click()
    tab.page.get_by_role("button", name=tab.say("draft.done")).click()
    tab.page.wait_for_url("**/cases/*")


def _words(tab: Tab, case: str) -> None:
    tab.goto(f"/cases/{case}")
    tab.page.get_by_label(tab.say("note.words"), exact=True).fill("Mereka ramah.")
    tab.page.locator("button[value=words]").click()
    tab.page.get_by_role("status").wait_for()


def _edit(tab: Tab, case: str) -> None:
    tab.goto(f"/cases/{case}/edit")
    _write(tab, case, "Jl. Mawar 1")
    tab.page.get_by_role("status").wait_for()


ACTIONS: dict[str, Callable[[Tab, str], Any]] = {
    "add": lambda tab, case: _add(tab),
    "note": _press("note.confirmation_received"),
    "words": _words,
    "edit": _edit,
    "sent": _say,
    "undo": _press("case.undo_last"),
    "close": _press("case.close"),
    "reopen": _press("case.reopen"),
}


def test_reload_and_back_repeat_nothing(open_tab: Opener, known: Visitor) -> None:
    """After each action: reload, back, forward, and the same form sent once more from the page that came back."""
    case = known.kept()
    tab = open_tab()
    page = tab.page

    def state() -> list[tuple[str, int]]:
        pamit = known.site.pamit
        rows = pamit.list(Listing(), known.site.clock())
        return sorted((row.case, len(pamit.case(row.case).entries)) for row in rows)

    for name, act in ACTIONS.items():
        before = state()
        act(tab, case)
        after = state()
        assert after != before, name
        page.reload()
        page.go_back()
        page.go_back()
        page.go_forward()
        page.reload()
        page.go_forward()
        page.reload()
        assert state() == after, name


def test_same_form_twice_is_done_once(open_tab: Opener, known: Visitor) -> None:
    """An impatient second tap on the page that the browser still had."""
    case = known.kept()
    tab = open_tab()
    page = tab.page
    tab.goto(f"/cases/{case}")
    button = page.get_by_role("button", name=tab.say("note.confirmation_received"), exact=True)
    form = button.evaluate_handle("one => one.form")
    sent = form.evaluate(
        "async (form) => Promise.all([1, 2, 3].map(() => fetch(form.action, {method: 'POST', body: new FormData(form)})"
        ".then((answer) => answer.status)))"
    )
    assert set(sent) <= {200, 409}
    events = known.site.pamit.case(case).case.events
    assert [str(one.kind) for one in events] == ["confirmation_received"]
