import os
from pathlib import Path

import pytest

from takatuf.storage.plan_files import PlanFiles
from takatuf.vocabulary.errors import UnavailableError


def test_a_plan_is_kept_under_its_name_and_the_last_one_is_found(tmp_path: Path) -> None:
    plans = PlanFiles(tmp_path / "plans")

    assert plans.latest() is None
    assert plans.find("a") is None
    kept = [plans.save("b", {"n": 1}), plans.save("a", {"n": 2})]
    os.utime(kept[0], ns=(1, 1))

    assert plans.find("b") == {"n": 1}
    assert plans.latest() == {"n": 2}
    assert [path.name for path in (tmp_path / "plans").iterdir() if path.suffix != ".json"] == []


def test_a_disk_that_refuses_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "plans").write_text("a file where the folder should be")

    with pytest.raises(UnavailableError, match="cannot be kept"):
        PlanFiles(tmp_path / "plans").save("a", {})
