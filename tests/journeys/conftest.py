"""One demonstration for all journeys: it takes seconds to make, and nobody changes it."""

from pathlib import Path

import pytest

from takatuf.settings import FILE_NAME
from takatuf.workspace.demonstration import DemoMade, demo


@pytest.fixture(scope="session")
def aleppo(tmp_path_factory: pytest.TempPathFactory) -> DemoMade:
    folder = tmp_path_factory.mktemp("demo") / "aleppo-2017"
    folder.mkdir()
    (folder / FILE_NAME).write_text('name = "an earlier demonstration, to be replaced"', "utf-8")
    return demo(folder, seed=1, evaluations=60)


@pytest.fixture
def city_folder(aleppo: DemoMade) -> Path:
    return aleppo.folder
