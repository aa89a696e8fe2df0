"""Secrets that are kept: sealed with a key that is made of SECRET_KEY, so that the database alone tells nothing."""

import base64
import hmac
import os
from collections.abc import Callable
from functools import cached_property

PURPOSE = b"backchannel: tokens of networks"
NONCE_BYTES = 12


class Seal:
    """Seals and opens. `key` is asked for when it is needed first: making one touches the disk."""

    def __init__(self, key: Callable[[], str]) -> None:
        self._key = key

    def sealed(self, secret: str, about: str) -> str:
        """AES-GCM with a fresh nonce; `about` is bound to it, so that it opens as nothing else."""
        nonce = os.urandom(NONCE_BYTES)
        return base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, secret.encode(), about.encode())).decode()

    def opened(self, sealed: str, about: str) -> str | None:
        """None if it was sealed with another key or about something else, or is damaged."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - loaded only where a token is kept

        try:
            raw = base64.urlsafe_b64decode(sealed)
            return str(self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode()).decode())
        except (InvalidTag, ValueError):
            return None

    def mark(self, secret: str, about: str) -> str:
        """What stands for a secret: the same for the same one, and without our key nobody can tell it from it."""
        return hmac.new(self._derived(b"marks"), f"{about} {secret}".encode(), "sha256").hexdigest()

    @cached_property
    def _cipher(self) -> "AESGCM":  # type: ignore[name-defined] # noqa: F821
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        return AESGCM(self._derived(b"seals"))

    def _derived(self, use: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

        derived = HKDF(SHA256(), 32, salt=None, info=PURPOSE + b", " + use).derive(self._key().encode())
        return bytes(derived)
