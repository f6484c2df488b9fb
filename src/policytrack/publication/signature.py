"""SHA256SUMS.sig: who vouches for a release, in the format of ssh-keygen, which makes and checks it.

A key that people have for other things too is enough, and the namespace keeps a signature from being taken for one of
something else. The program is part of OpenSSH; nothing else of this project needs it.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from policytrack.package import PackageError

NAMESPACE: Final = "policytrack"
_WHO: Final = "policytrack"
_KEY: Final = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ +AAAA[A-Za-z0-9+/]+=*(?: .*)?")
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH: Final = 70
_PRIVATE: Final = "-----BEGIN"


class SignatureError(PackageError):
    """A signature that cannot be made, or cannot be checked here."""


class ProgramMissingError(SignatureError):
    """There is no ssh-keygen."""


def sign(content: bytes, key: Path) -> bytes:
    """Return the signature of ``content`` by a private key (or a public one whose other half an agent holds)."""
    if not key.is_file():
        message = f"the key {key} is no file"
        raise SignatureError(message, "name a private key: ssh-keygen -t ed25519 -f KEY makes one")
    done = _run(content, "sign", "-f", str(key))
    if done.returncode or not is_whole(done.stdout):
        message = f"the key {key} does not sign: {_last(done.stderr)}"
        raise SignatureError(message, "name a private key that ssh-keygen can open")
    return done.stdout


def fault(content: bytes, signature: bytes, key: Path | None = None) -> str:
    """Return what is wrong with the signature of ``content``, empty for nothing.

    ``key`` holds public keys, one a line, or is a file of allowed signers. None: by whatever key, for the signature
    itself says which. Raises `SignatureError` where that cannot be told here.
    """
    if not is_whole(signature):
        return "it is not the text of a signature"
    with TemporaryDirectory(prefix="policytrack-") as made:
        file, signers = Path(made) / "signature", Path(made) / "allowed"
        file.write_bytes(signature)
        if key is None:
            done = _run(content, "check-novalidate", "-s", str(file))
            return _last(done.stderr or done.stdout) if done.returncode else ""
        signers.write_text(allowed(key), encoding="utf-8")
        found = _run(b"", "find-principals", "-s", str(file), "-f", str(signers), namespace=False)
        names = found.stdout.decode(errors="replace").split()
        if found.returncode or not names:
            return f"it is by another key than {key.name} holds"
        done = _run(content, "verify", "-f", str(signers), "-I", names[0], "-s", str(file))
        return _last(done.stderr or done.stdout) if done.returncode else ""


def is_whole(signature: bytes) -> bool:
    """Whether bytes are a signature as ssh-keygen writes it, to the last line end."""
    try:
        begin, *lines, end, last = signature.decode("ascii").split("\n")
        raw = base64.b64decode("".join(lines), validate=True)
    except (ValueError, UnicodeDecodeError):
        return False
    canonical = textwrap.wrap(base64.b64encode(raw).decode(), _WIDTH)
    return (begin, lines, end, last) == (_BEGIN, canonical, _END, "") and raw.startswith(b"SSHSIG\0\0\0\1")


def allowed(key: Path) -> str:
    """Return the allowed signers that a file names; a line that is a bare public key may sign under our own name.

    Raises `SignatureError` where the file cannot be read or a line holds no key.
    """
    try:
        text = key.read_text(encoding="utf-8")
        if text.startswith(_PRIVATE):
            text = key.with_name(f"{key.name}.pub").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror or error) if isinstance(error, OSError) else "it is no text"
        message = f"the key {key} cannot be read: {why}"
        raise SignatureError(message, "name a file of public keys, or of allowed signers") from None
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines or not all(map(_KEY.search, lines)):
        message = f"{key} holds no key"
        raise SignatureError(message, "name a file of public keys, or of allowed signers")
    return "".join(f"{_WHO} {line}\n" if _KEY.fullmatch(line) else f"{line}\n" for line in lines)


def _run(content: bytes, action: str, *words: str, namespace: bool = True) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        message = "ssh-keygen is not installed"
        raise ProgramMissingError(message, "install OpenSSH, or do without --key")
    command = [program, "-Y", action, *words, *(("-n", NAMESPACE) if namespace else ())]
    return subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603 - the words are ours


def _last(raw: bytes) -> str:
    lines = raw.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "ssh-keygen does not say why"
