"""Argon2 over a peppered secret: a stolen copy of the database alone does not give six-digit PINs away."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


def peppered(secret: str) -> str:
    return hmac.new(settings.PEPPER.encode(), secret.encode(), hashlib.sha256).hexdigest()


class PepperedArgon2(Argon2PasswordHasher):
    algorithm = "argon2_pepper"

    def encode(self, password: str, salt: str) -> str:
        return super().encode(peppered(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(peppered(password), encoded)
