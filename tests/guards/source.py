"""The product's own source, read once: modules as trees, templates as text."""

from __future__ import annotations

import ast
import importlib
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "safety_partners"


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of one file; each node knows its parent."""
    return grown(path.read_text())


def grown(source: str) -> ast.Module:
    """The syntax tree of a source, each node with its ``parent``."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return tree


@cache
def modules(*, migrations: bool = False) -> tuple[Path, ...]:
    """Every module of the product, without its migrations unless they are asked for."""
    return tuple(path for path in sorted(PACKAGE.rglob("*.py")) if migrations or "migrations" not in path.parts)


@cache
def templates() -> tuple[Path, ...]:
    """Every Jinja template of the product: pages, parts and messages."""
    found = [path for path in PACKAGE.rglob("*") if "jinja2" in path.parts and path.is_file()]
    return tuple(sorted(path for path in found if path.suffix in {".jinja", ".txt", ".html", ".svg", ".xml"}))


def place(path: Path, line: int = 0) -> str:
    """``safety_partners/core/page.py:12``: as failures call a place."""
    shown = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
    return f"{shown}:{line}" if line else shown


def app_of(path: Path) -> str:
    """``insights``: the package of ``safety_partners`` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def part_of(path: Path) -> str:
    """``commands``: what a module is inside its app, whether it is a file or a folder of files."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last name of what is called: ``save`` for ``one.two.save()``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def parents(node: ast.AST) -> Iterator[ast.AST]:
    """What a node stands in, from the inside out."""
    while (node := getattr(node, "parent", None)) is not None:  # type: ignore[assignment]
        yield node


def function_around(node: ast.AST) -> str:
    """The name of the innermost function that a node stands in, or nothing."""
    return next((parent.name for parent in parents(node) if isinstance(parent, ast.FunctionDef)), "")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository: what git knows, and what is new and not ignored."""
    if not (ROOT / ".git").exists():
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not {"node_modules", ".venv", "build", "var"} & set(path.parts))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


def our_models() -> list[type[models.Model]]:
    """Every table of the product, and none of the libraries'."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("safety_partners.")]


@cache
def import_everything() -> None:
    """Import every module of the product, so that what registers itself has done so."""
    for path in modules():
        if not name_of(path).endswith((".wsgi", ".settings")):
            importlib.import_module(name_of(path))


def name_of(path: Path) -> str:
    """``safety_partners.people.commands``: the dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def references(tree: ast.AST, module: str) -> Iterator[str]:
    """The whole dotted name of everything a module reads: ``safety_partners.people.policies.is_lead`` for ``people.is_lead``."""
    known = {node.name: f"{module}.{node.name}" for node in ast.iter_child_nodes(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node, "parent", None) is tree:
            known |= {target.id: f"{module}.{target.id}" for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in known:
            chain = known[node.id]
            while isinstance(node := getattr(node, "parent", None), ast.Attribute):
                chain += f".{node.attr}"
            yield chain


def short(dotted: str, part: str) -> str:
    """``people.is_lead`` for ``safety_partners.people.policies.members.is_lead``, or nothing if it is no such part."""
    names = dotted.split(".")
    return f"{names[1]}.{names[-1]}" if names[0] == "safety_partners" and len(names) > 3 and names[2] == part else ""
