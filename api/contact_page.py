"""The page on which a visitor writes to the practice."""

from flask import Response, request

from api import forms
from api.forms import Form
from api.inside import ask
from api.page import address, in_path, labels, page, see, sorry, waiting
from api.words import language, said_by_address, said_by_browser


def show(slug: str) -> Response:
    """An empty form; or thanks, for who comes from it."""
    profile = ask("GET", f"/public/{in_path(slug)}")
    if not profile.ok:
        return sorry(profile)
    code = language(said_by_address(), said_by_browser(), profile.body.get("language"))
    if request.args.get("done") == "sent":
        return page("contact_thanks.html", code, profile=profile.body)
    shown = ask("GET", f"/public/{in_path(slug)}/form-token")
    return page("contact.html", code, profile=profile.body, form=Form(), form_token=shown.body.get("form_token"))


def write(slug: str) -> Response:
    """The form of this page, or one that a website copied."""
    typed = forms.sent_form()
    profile = ask("GET", f"/public/{in_path(slug)}")
    if not profile.ok:
        return sorry(profile)
    code = language(typed.get("language"), said_by_browser(), profile.body.get("language"))
    said = {"language": code, **forms.body_of(typed)}
    answer = ask("POST", f"/public/{in_path(slug)}/enquiries", body=said, key=forms.key_of(typed, said))
    if answer.ok:
        return see(address(f"/contact/{slug}", done="sent", lang=code))
    if answer.problem == "not-found":
        return sorry(answer)
    form = forms.refused(typed, answer, code, labels(code, "contact"))
    return waiting(page("contact.html", code, status=answer.status, profile=profile.body, form=form), answer)
