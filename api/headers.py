"""What every answer says to browsers: the one list of headers, for the API and for pages."""

from flask import Flask, Response, request

# OWASP Secure Headers; nothing is loaded from elsewhere, framed, kept, or told where it came from.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# An answer of the API is no page: whoever opens it in a browser gets nothing that runs.
API = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
# A year, as browsers ask before they believe it; where people come by https alone.
HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def register(app: Flask, base_url: str) -> None:
    """Puts them on every answer; what an answer says itself stands."""
    https = HTTPS if base_url.startswith("https://") else {}
    api, page = {**ALWAYS, **API, **https}, {**ALWAYS, **PAGES, **https}

    def add(response: Response) -> Response:
        wanted = api if request.path.startswith("/api/") else page
        said = [name for name, _ in response.headers if name in wanted]
        response.headers.extend({name: wanted[name] for name in wanted if name not in said} if said else wanted)
        return response

    app.after_request(add)
