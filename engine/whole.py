"""Files that are never there in part."""

from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Write ``content`` to ``file``: the old one stays until the new one is whole. Makes the folder. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(file)
