"""The parts of a bundle: wheels for every target, licences, pages; `files/` goes into it as it is."""

from typing import NamedTuple

VERSIONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = {  # as pip names platforms, the most common first
    "windows": ("win_amd64",),
    "linux": tuple(
        f"manylinux{which}_x86_64"
        for which in ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "_2_12", "_2_5", "2014", "2010", "1")
    ),
}


class Target(NamedTuple):
    """CPython of one version on one system, 64 bits; `start.py` knows itself by `name`."""

    system: str
    version: str

    @property
    def name(self) -> str:
        """As bundle.json lists it: "windows-3.13"."""
        return f"{self.system}-{self.version}"

    @property
    def platforms(self) -> tuple[str, ...]:
        """The tags of platforms that wheels for it may have."""
        return SYSTEMS[self.system]

    @property
    def environment(self) -> dict[str, str]:
        """What the markers of requirements are held against there; pip holds them against where it runs."""
        is_windows = self.system == "windows"
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.version}.0",
            "os_name": "nt" if is_windows else "posix",
            "platform_machine": "AMD64" if is_windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Windows" if is_windows else "Linux",
            "platform_version": "",
            "python_full_version": f"{self.version}.0",
            "python_version": self.version,
            "sys_platform": "win32" if is_windows else "linux",
        }


TARGETS = tuple(Target(system, version) for system in SYSTEMS for version in VERSIONS)
