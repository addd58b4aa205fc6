"""Files are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stance.errors import InputError
from stance.writing import replacing, replacing_folder, write_lines


def test_lines_are_written(tmp_path: Path) -> None:
    write_lines(["one", "Türkiye"], tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == "one\nTürkiye\n".encode()


def test_an_error_leaves_the_old_file_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")

    def lines() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_lines(lines(), file)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    with replacing(file) as aside:
        aside.write_text("new", encoding="utf-8")
        assert file.read_text(encoding="utf-8") == "old"
    assert file.read_text(encoding="utf-8") == "new"


def test_everybody_may_read_what_was_written(tmp_path: Path) -> None:
    write_lines(["one"], tmp_path / "a.txt")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_lines(["one"], tmp_path / "nowhere" / "a.txt")


def test_lines_that_are_there_already_keep_their_time(tmp_path: Path) -> None:
    write_lines(["a"], tmp_path / "f")
    os.utime(tmp_path / "f", (1, 1))
    write_lines(["a"], tmp_path / "f")
    assert (tmp_path / "f").stat().st_mtime == 1
    write_lines(["b"], tmp_path / "f")
    assert (tmp_path / "f").stat().st_mtime > 1


def test_a_file_does_not_replace_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"), replacing(tmp_path):
        pass


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "old.txt").write_text("old", encoding="utf-8")
    with replacing_folder(folder) as aside:
        (aside / "inside").mkdir()
        (aside / "inside" / "new.txt").write_text("new", encoding="utf-8")
        assert (folder / "old.txt").is_file()
    assert [path.name for path in folder.rglob("*")] == ["inside", "new.txt"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_came_into_being_meanwhile_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "project"

    def written() -> None:
        with replacing_folder(folder):
            folder.mkdir()
            (folder / "work.txt").write_text("somebody's", encoding="utf-8")

    with pytest.raises(OSError, match="not empty"):
        written()
    assert (folder / "work.txt").read_text(encoding="utf-8") == "somebody's"
    assert list(tmp_path.iterdir()) == [folder]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in it."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "old.txt").write_text("old", encoding="utf-8")
    return folder


def replace(folder: Path) -> None:
    with replacing_folder(folder) as aside:
        (aside / "new.txt").write_text("new", encoding="utf-8")


def failing_rename(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """Interrupt the renaming of a folder with this suffix."""
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.suffix == suffix:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)


def test_an_interruption_between_the_renames_brings_the_old_folder_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_rename(monkeypatch, ".partial")
    with pytest.raises(KeyboardInterrupt):
        replace(folder)
    assert [path.name for path in folder.iterdir()] == ["old.txt"]
    assert list(folder.parent.iterdir()) == [folder]


def test_whoever_is_killed_between_the_renames_has_both_folders(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    rename = Path.rename

    def watched(self: Path, target: Path) -> Path:
        if self.suffix == ".partial":
            seen.extend(sorted(path.name for path in folder.parent.rglob("*.txt")))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", watched)
    replace(folder)
    assert seen == ["new.txt", "old.txt"]


def test_a_link_to_a_folder_stays_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    replace(link)
    assert link.is_symlink()
    assert [path.name for path in folder.iterdir()] == ["new.txt"]


def test_a_folder_does_not_replace_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        replace(file)
    assert file.read_text(encoding="utf-8") == "old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_lines(["new"], tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new\n"


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    device = Path(os.devnull)
    with replacing(device) as aside:
        assert aside == device
    assert device.is_char_device()
