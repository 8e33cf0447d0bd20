"""Headers of every answer: nothing stays in a shared telephone, no page asks anything of the device or is framed."""

from collections.abc import Callable

from csp.constants import HEADER as CONTENT_SECURITY_POLICY
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# A worker's telephone is no instrument of ours.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
                    "microphone", "payment", "usb")
)  # fmt: skip


class Headers:
    """`no-store` unless the page said otherwise: after signing out, the Back button shows nothing.

    The policy of django-csp is the same for every page, so it is put together once and not, as its middleware does,
    for every answer. A file that somebody sent in says a stricter one itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault(CONTENT_SECURITY_POLICY, self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")  # for browsers older than frame-ancestors
        if not request.path.startswith(settings.STATIC_URL):
            patch_vary_headers(response, ["HX-Request"])  # one address answers a page or a fragment
        return response
