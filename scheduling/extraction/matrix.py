"""How what is drawn on a page of a PDF is placed there."""

from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]


def matrix_of(thing: Any) -> tuple[float, ...]:
    """How a thing on a page is placed: `a b c d e f` of ISO 32000-1, 8.3.3; as it stands where it does not say."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return (1, 0, 0, 1, 0, 0)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """Where a thing comes to stand within another that is placed itself."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
