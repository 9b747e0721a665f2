"""Beckon and those it is measured against: how they are installed, built and called."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent.parent

PACKAGES = [
    "sec", "ripgrep", "jq", "time", "util-linux", "pkg-config", "g++", "libvectorscan-dev", "libsimdjson-dev",
    "libpcre2-dev", "python3-yaml",
]


def install():
    """Installs what is missing with apt; says what cannot be had."""
    missing = [package for package in PACKAGES if version(package) is None]
    if not missing:
        return
    if not shutil.which("apt-get"):
        print("bench: without apt, these are left out unless they are there:", *missing)
        return
    apt = ([] if os.geteuid() == 0 else ["sudo"]) + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print("Installing:", *missing, flush=True)
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    # One by one: a package that this system does not know shall not keep the others away.
    for package in missing:
        if subprocess.run([*apt, "install", "-y", package], stdout=subprocess.DEVNULL).returncode != 0:
            print(f"bench: {package} cannot be installed here; what needs it is left out")


def version(package):
    """The version of an installed Debian package."""
    if not shutil.which("dpkg-query"):
        return None
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}/${Version}", package], capture_output=True, text=True)
    state, _, number = asked.stdout.partition("/")
    return number if state == "install ok installed" else None


def build(folder):
    """Builds the programs of Peers/ whose libraries are there; returns them by name."""
    programs = {"ceiling": ["libhs", "simdjson"], "one_by_one": ["libpcre2-8", "simdjson"]}
    built = {}
    for name, libraries in programs.items():
        built[name] = compiled(folder / name, f"{name}.cpp", ["-march=native", "-std=c++17"], libraries)
    if platform.system() == "Linux":
        built["allocations"] = compiled(folder / "allocations.so", "allocations.c", ["-xc", "-shared", "-fPIC"], [])
    return {name: path for name, path in built.items() if path}


def compiled(target, source, options, libraries):
    try:
        asked = ["pkg-config", "--cflags", "--libs", *libraries]
        flags = subprocess.check_output(asked, text=True).split() if libraries else []
        subprocess.run(["c++", "-O3", *options, HERE / "Peers" / source, "-o", target, *flags], check=True)
    except (OSError, subprocess.CalledProcessError):
        print(f"bench: {source} cannot be built here and is left out")
        return None
    return target


def pinned():
    """What keeps a program on one processor."""
    return ["taskset", "-c", "0"] if shutil.which("taskset") else []


class Beckon:
    """The binary under test."""

    def __init__(self, path):
        self.path = str(path)
        options = subprocess.check_output([self.path, "run", "--help"], text=True)
        _, _, told = options.partition("--threads")
        self.has_threads = bool(told) and "Not built yet" not in told[:120]

    def command(self, rules, events, threads=1):
        inputs = [part for file in (events if isinstance(events, list) else [events]) for part in ("--input", str(file))]
        threading = ["--threads", str(threads)] if self.has_threads else []
        pin = pinned() if threads == 1 else []
        return [*pin, self.path, "run", str(rules), "--dry-run", *threading, *inputs, "--output", "/dev/null"]


@dataclass(frozen=True)
class Contestant:
    """Someone who does the work; `command` takes rules, events and their texts alone."""

    name: str
    command: Callable
    shown: str
    seconds: float = 2.5
    rules_max: int = 10_000
    accepted: tuple = (0,)


def contestants(beckon, built):
    def own(program, way, forms):
        return lambda rules, events, _: [*pinned(), built[program], way, rules.beside / forms, events]

    there = [Contestant("Beckon", lambda rules, events, _: beckon.command(rules.folder, events),
                        "beckon run RULES --dry-run --threads 1 --input EVENTS --output /dev/null", seconds=6)]
    if "ceiling" in built:
        there += [
            Contestant("ceiling", own("ceiling", "ondemand", "literals.txt"), "ceiling ondemand LITERALS EVENTS"),
            Contestant("ceiling, DOM", own("ceiling", "dom", "literals.txt"), "ceiling dom LITERALS EVENTS"),
        ]
    if "one_by_one" in built:
        there.append(Contestant("PCRE2 one by one", own("one_by_one", "ondemand", "patterns.txt"),
                                "one_by_one ondemand PATTERNS EVENTS"))
    if shutil.which("sec"):
        there.append(Contestant("SEC", lambda rules, _, texts: [
            *pinned(), "sec", f"--conf={rules.beside / 'sec.conf'}", f"--input={texts}", "--fromstart", "--notail",
        ], "sec --conf=RULES --input=TEXTS --fromstart --notail"))
    if shutil.which("rg"):
        there.append(Contestant("ripgrep", lambda rules, _, texts: [
            *pinned(), "rg", "-j1", "-P", "-c", "-f", rules.beside / "patterns.txt", texts,
        ], "rg -j1 -P -c -f PATTERNS TEXTS", accepted=(0, 1)))
    if shutil.which("jq"):
        there.append(Contestant("jq", lambda rules, events, _: [
            *pinned(), "jq", "-c", "-f", rules.beside / "filter.jq", events,
        ], "jq -c -f FILTER EVENTS", rules_max=100))
    return there
