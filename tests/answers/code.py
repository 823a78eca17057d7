"""Array code in other spellings, and with one thing wrong."""

import ast
import re
from collections.abc import Iterator
from itertools import permutations

from engine.bank.asked import CodeKey
from engine.grading.draws import arrays_for
from sims.expression import evaluate, parse
from tests.answers.widths import widths

_TOKEN = re.compile(r"[A-Za-z_][\w.]*|[0-9.]+|\*\*|\S")
_METHOD = re.compile(r"(?<![\w.])(\w+(?:\.T)?)\.dot\((\w+(?:\.T)?)\)")
_PRODUCT = re.compile(r"(?<![\w.])(\w+(?:\.T)?) ?@ ?(\w+(?:\.T)?)")


def spellings(key: CodeKey) -> list[str]:
    """Other ways to write the right expression."""
    return [spelling for text in _forms(key.answer) for spelling in _rewritten(text, key)]


def _forms(text: str) -> set[str]:
    """``text``, its sums and products the other way round, and each product of matrices in every notation."""
    forms = {text, ast.unparse(_Commuted().visit(ast.parse(text, mode="eval")))}
    for pattern in (_METHOD, _PRODUCT):
        for form in (r"\1 @ \2", r"\1.dot(\2)", r"np.dot(\1, \2)", r"np.matmul(\1, \2)", r"dot(\1, \2)"):
            forms |= {pattern.sub(form, one) for one in tuple(forms)}
    return forms


class _Commuted(ast.NodeTransformer):
    """Turns round what may be: elementwise sums and products."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.BinOp:
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Mult):
            node.left, node.right = node.right, node.left
        return node


def _rewritten(text: str, key: CodeKey) -> Iterator[str]:
    tokens = _TOKEN.findall(text)
    yield from (text, "".join(tokens), " ".join(tokens), f"  {text}  ", f"({text})", f"+({text})")
    yield from (text.replace("np.", "numpy."), text.replace("np.", ""))
    for left in (f"{key.label} = ", f"{key.label}=", "return ", f"self.{key.label} = ", f"{key.label}[:, t] = "):
        yield left + text
    yield from (f"{text};", f"{text} ;", f"{text}  # {key.label}", f"{text}  # 答え", f"`{text}`", f"return {text};")
    yield from widths(text)
    yield from (text.replace(" - ", sign) for sign in (" − ", "－", "ー"))
    yield from (text.replace("*", sign) for sign in "×∗＊" if "**" not in text)
    yield from (
        f"1*({text})",
        f"({text})*1",
        f"({text}) + 0",
        f"-(-({text}))",
        f"2*({text})/2",
        f"np.multiply(1, {text})",
    )


def perturbations(key: CodeKey) -> list[str]:
    """The right expression with one thing wrong; those that equal it by the rules of sums and products are left out."""
    text = key.answer
    found = [f"-({text})", f"({text}) + 1", f"2*({text})", f"({text})/2", f"({text})**2", *_transposed(key)]
    names = [name for name in key.arrays if re.search(rf"(?<![\w.]){name}\b", text)]
    for first, second in permutations(key.arrays, 2):
        if first in names:
            found.append(_renamed(text, {first: second, second: first}))
            found.append(_renamed(text, {first: second}))
    return [one for one in found if _canonical(one) != _canonical(text)]


def _transposed(key: CodeKey) -> Iterator[str]:
    """The result and each matrix transposed. What has fewer than two axes is its own transpose."""
    for name, array in key.arrays.items():
        if " x " in array.shape and not array.given:
            yield re.sub(rf"(?<![\w.]){name}\b", f"{name}.T", key.answer)
    if evaluate(parse(key.answer, list(key.arrays)), arrays_for(key.arrays, 0)).ndim > 1:
        yield f"({key.answer}).T"


def _renamed(text: str, names: dict[str, str]) -> str:
    return re.sub(r"(?<![\w.])[A-Za-z_]\w*", lambda match: names.get(match[0], match[0]), text)


def _canonical(text: str) -> str:
    """``text`` with the operands of every sum, elementwise product and squared difference in alphabetical order."""
    return _sorted(ast.parse(text, mode="eval").body)


def _sorted(node: ast.expr) -> str:
    match node:
        case ast.BinOp(op=ast.Add() | ast.Mult() as sign):
            return f"({ast.dump(sign).join(sorted(_operands(node, type(sign))))})"
        case ast.BinOp(left=ast.BinOp(left=left, op=ast.Sub(), right=right), op=ast.Pow(), right=ast.Constant(value=2)):
            return f"({' - '.join(sorted((_sorted(left), _sorted(right))))})**2"
        case ast.BinOp(left=left, op=sign, right=right):
            return f"({_sorted(left)}{ast.dump(sign)}{_sorted(right)})"
        case ast.UnaryOp(op=sign, operand=part):
            return f"{ast.dump(sign)}({_sorted(part)})"
        case ast.Call(func=function, args=arguments, keywords=keywords):
            return f"{ast.dump(function)}({[*map(_sorted, arguments), *map(ast.dump, keywords)]})"
    return ast.dump(node)


def _operands(node: ast.expr, sign: type[ast.operator]) -> list[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, sign):
        return [*_operands(node.left, sign), *_operands(node.right, sign)]
    return [_sorted(node)]
