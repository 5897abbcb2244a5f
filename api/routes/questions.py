"""The library of questions: a list, and for each question a page, CSV, JSON and what else a table can be."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.language import language_of
from api.pages.question import question_fields, question_result
from api.pages.question_groups import grouped
from api.pages.showing import show
from api.representations import liked
from api.site import Site
from graph_builder.errors import CallError
from graph_builder.folders import Folders
from sparql.answering import Asked, answer
from sparql.library import Question, read_questions
from sparql.protocol import RESULT_FORMATS, Format
from sparql.refusals import Reason, RefusalError

HTML = "text/html"
ENDINGS = {form.syntax: form for form in reversed(RESULT_FORMATS)}
"""Ending of an address → format."""
OF_THE_PAGE = frozenset({"lang"})
"""Parameters of an address that choose the page, not the answer."""
LIBRARY = {question.name: question for question in read_questions(Folders.questions)}


async def list_questions(request: Request) -> Response:
    """List the questions that can be asked."""
    return show(request, "questions.html", groups=grouped(LIBRARY))


async def show_question(request: Request) -> Response:
    """Answer a question as a page or as a table, by the ending of the address or the header Accept."""
    site, name = Site.of(request), request.path_params["name"]
    stem, dot, ending = name.rpartition(".")
    if name in LIBRARY:
        question, form = LIBRARY[name], _format(request)
    elif dot and stem in LIBRARY and ending in ENDINGS:
        question, form = LIBRARY[stem], ENDINGS[ending]
    else:
        what = f"there is no question named {name}"
        raise RefusalError(Reason.NOT_FOUND, what, "The page /questions lists the questions")
    if form is None:
        return await _page(request, site, question)
    try:
        body = await answer(site.pages, Asked(question, request.query_params), form.syntax)
    except CallError as fault:
        raise _malformed(fault) from fault
    response = Response(body, media_type=form.content_type)
    return conditional(request, response, negotiated=name in LIBRARY)


ROUTES = {"/questions": list_questions, "/questions/{name}": show_question}


async def _page(request: Request, site: Site, question: Question) -> Response:
    """Return the page; without any value it answers the example, and it says which value is wrong."""
    given = {name: value for name, value in request.query_params.items() if name not in OF_THE_PAGE}
    values: Mapping[str, str] = given or dict(question.example)
    fields = await question_fields(site.pages, question, values, language_of(request))
    result, fault = None, None
    try:
        result = await question_result(site.pages, site.addresses, question, values, language_of(request))
    except CallError as error:
        fault = error.problems[0]
    status = 200 if fault is None else 400
    return show(
        request,
        "question.html",
        status,
        question=question,
        fields=fields,
        result=result,
        fault=fault,
        is_example=not given,
    )


def _format(request: Request) -> Format | None:
    """Return the format of a table that the client likes best; None for a page."""
    offers = (HTML, *(form.media_type for form in RESULT_FORMATS))
    best = liked(request, offers)
    return next((form for form in RESULT_FORMATS if form.media_type == best), None)


def _malformed(fault: CallError) -> RefusalError:
    problem = fault.problems[0]
    return RefusalError(Reason.MALFORMED, f"{problem.place}: {problem.what}", problem.remedy)
