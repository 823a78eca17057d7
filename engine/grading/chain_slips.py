"""Slips with a chain of definitions: a link left out, kept, or put in the wrong place."""

from collections.abc import Iterator

from engine.grading.notation.build import add, multiply
from engine.grading.notation.derivative import NotDifferentiableError, derivative
from engine.grading.notation.echo import mathematics
from engine.grading.notation.integral import integral
from engine.grading.notation.tree import ZERO, Tree, Variable, substituted, variables
from engine.grading.slips import Slip, rule_slips
from engine.grading.symbolic_key import Chain
from sims.text import Text


def derivative_slips(chain: Chain) -> Iterator[Slip]:
    """The wrong derivatives of ``chain``, the most telling first."""
    whole = chain.whole
    yield from _along(chain)
    yield from rule_slips(whole, chain.wrt)
    for other in sorted(variables(whole) - {chain.wrt}):
        text = Text(
            f"{chain.wrt} ではなく {other} で微分しています。",
            f"This differentiates with respect to {other}, not {chain.wrt}.",
        )
        try:
            yield Slip("wrong-variable", text, derivative(whole, other))
        except NotDifferentiableError:
            continue


def _along(chain: Chain) -> Iterator[Slip]:
    """Slips with the links of the chain: what is left out, kept or put in the wrong place."""
    outer = chain.given[chain.diff]
    links = chain.links(chain.diff)
    yield Slip(
        "not-differentiated", Text("微分せず、元の式のままです。", "This is not differentiated at all."), chain.whole
    )
    text = Text(f"{chain.wrt} を定数とみなしています。", f"This treats {chain.wrt} as a constant.")
    yield Slip("treated-as-constant", text, ZERO)
    yield from _integrated(chain, outer, links)
    if len(links) == 1:
        yield from _one_link(chain, outer, links[0])
    elif links:
        yield from _several_links(chain, outer, links)


def _integrated(chain: Chain, outer: Tree, links: list[str]) -> Iterator[Slip]:
    tree = integral(outer, links[0] if len(links) == 1 else chain.wrt)
    if tree is not None:
        yield Slip(
            "integrated",
            Text("微分ではなく積分しています。", "This is integrated, not differentiated."),
            chain.expanded(tree),
        )


def _one_link(chain: Chain, outer: Tree, link: str) -> Iterator[Slip]:
    by_link = derivative(outer, link)
    inner = chain.expanded(Variable(link))
    slope = derivative(inner, chain.wrt)
    d = "∂" if len(variables(inner)) > 1 else "d"
    d_inner, definition = f"{d}{link}/{d}{chain.wrt}", mathematics(inner)
    yield Slip(
        "inner-derivative-forgotten",
        Text(f"内側の微分 {d_inner} を掛け忘れています。", f"The inner derivative {d_inner} was left out."),
        chain.expanded(by_link),
    )
    yield Slip(
        "outer-derivative-forgotten",
        Text(f"内側の微分 {d_inner} だけになっています。", f"This is only the inner derivative {d_inner}."),
        slope,
    )
    at_variable = chain.expanded(substituted(by_link, {link: Variable(chain.wrt)}))
    text = Text(
        f"外側の微分に、{link} = {definition} ではなく {chain.wrt} を入れています。",
        f"The outer derivative is taken at {chain.wrt} instead of {link} = {definition}.",
    )
    yield Slip("outer-derivative-at-variable", text, at_variable)
    yield Slip("outer-derivative-at-variable", text, multiply(at_variable, slope))
    yield Slip(
        "inner-replaced-by-derivative",
        Text(
            f"外側の微分に、{link} ではなくその微分を入れています。",
            f"The outer derivative is taken at the derivative of {link}.",
        ),
        chain.expanded(substituted(by_link, {link: slope})),
    )
    yield Slip(
        "outer-not-differentiated",
        Text("外側の関数を微分し忘れています。", "The outer function was not differentiated."),
        multiply(chain.whole, slope),
    )
    yield Slip(
        "derivatives-added",
        Text(
            "外側と内側の微分を、掛けずに足しています。", "The outer and inner derivatives were added, not multiplied."
        ),
        add(chain.expanded(by_link), slope),
    )


def _several_links(chain: Chain, outer: Tree, links: list[str]) -> Iterator[Slip]:
    paths = {link: multiply(chain.expanded(derivative(outer, link)), _slope(chain, link)) for link in links}
    for link, path in paths.items():
        text = Text(f"{link} を通る経路だけを数えています。", f"Only the path through {link} is counted.")
        yield Slip("path-missing", text, path)


def _slope(chain: Chain, link: str) -> Tree:
    return derivative(chain.expanded(Variable(link)), chain.wrt)
