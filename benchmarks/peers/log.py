"""What has been found so far, in a file: a comparison takes long, and a tool can be run again on its own."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .judge import Outcome, Result


@dataclass
class Log:
    """Results by tool and pair, and the versions of the tools that gave them; read from the file where there is one."""

    file: Path
    results: dict[tuple[str, str], Result] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.file.exists():
            for entry in json.loads(self.file.read_text()):
                self.results[entry["tool"], entry["pair"]] = _result({"runs": 3} | entry["result"])
                self.versions[entry["tool"]] = entry["version"]

    def keep(self, tool: str, version: str, pair: str, result: Result) -> None:
        self.results[tool, pair] = result
        self.versions[tool] = version
        self.file.write_text(json.dumps([self._entry(*key) for key in self.results], indent=1))

    def was_late(self, tool: str, pairs: Collection[str]) -> bool:
        """Whether the tool took too long on one of them."""
        late = (name for name, result in self.results.items() if result.there.sign == "late")
        return any(who == tool and pair in pairs for who, pair in late)

    def _entry(self, tool: str, pair: str) -> dict[str, object]:
        result = asdict(self.results[tool, pair])
        return {"tool": tool, "version": self.versions[tool], "pair": pair, "result": result}


def _result(fields: Mapping[str, object]) -> Result:
    ways = {way: Outcome(**fields[way]) for way in ("there", "back")}  # type: ignore[arg-type]
    return Result(**{**fields, **ways})  # type: ignore[arg-type]
