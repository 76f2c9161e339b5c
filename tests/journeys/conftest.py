"""One demonstration for all journeys: it takes seconds to make, and nobody changes it."""

from pathlib import Path

import pytest

from takatuf.workspace.demonstration import DemoMade, demo


@pytest.fixture(scope="session")
def aleppo(tmp_path_factory: pytest.TempPathFactory) -> DemoMade:
    return demo(tmp_path_factory.mktemp("demo") / "aleppo-2017", seed=1, evaluations=60)


@pytest.fixture
def city_folder(aleppo: DemoMade) -> Path:
    return aleppo.folder
