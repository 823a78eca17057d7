"""What a command must not load, whatever imports hide in functions: start-up is part of the product."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.bank.load import SHIPPED

HEAVY = ("textual", "numpy", "sympy", "mpmath", "fsrs")


def loaded(*arguments: str, home: Path) -> set[str]:
    """The heavy packages in ``sys.modules`` after running the command."""
    program = (
        "import sys, os; os.environ['PEEPHOLE_HOME'] = sys.argv[1]\n"
        "from engine.cli import main\n"
        "try:\n    main(sys.argv[2:])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(home), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["sim", "--help"],
        ["--lang", "ja", "doctor", "--help"],
        ["doctor"],
        ["completion", "fish"],
        ["check", str(SHIPPED / "convolution.yaml")],
        ["schema"],
        ["sim"],
    ],
)
def test_light_commands_stay_light(arguments: list[str], tmp_path: Path) -> None:
    assert loaded(*arguments, home=tmp_path) == set()


def test_a_simulation_needs_numpy_and_no_more(tmp_path: Path) -> None:
    assert loaded("sim", "convolution", "--json", home=tmp_path) == {"numpy"}


def test_the_simulations_know_nothing_of_the_engine() -> None:
    program = (
        "import sys, importlib\nfrom sims.registry import SIMULATIONS\n"
        "[importlib.import_module('sims.' + each.name) for each in SIMULATIONS]\n"
        "sys.exit(any(name.split('.')[0] in ('engine', 'yaml', 'msgspec', 'sympy', 'textual') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_no_text_is_ever_evaluated() -> None:
    """No module calls what would run, or let sympy run, a string."""
    import ast

    root = SHIPPED.parent
    forbidden = {"eval", "exec", "compile", "sympify", "parse_expr", "lambdify", "parse_latex", "S", "literal_eval"}
    for file in [*root.glob("engine/**/*.py"), *root.glob("sims/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                receiver = getattr(getattr(node.func, "value", None), "id", "")
                assert name not in forbidden or receiver == "re", f"{file}:{node.lineno}: {name}"
