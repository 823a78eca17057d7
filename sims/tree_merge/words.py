"""What the tree of three words says. Every number is measured."""

from sims.text import Text
from sims.tree_merge.parse_tree import Claim, shape

YOURS = Text("あなたの式", "yours")
SLIGHT = 1e-9


def tree_title(left: bool) -> Text:
    """The sentence, with the pair that belongs together in brackets."""
    if left:
        return Text("((黒い 猫が) 眠る)", "((black cats) sleep)")
    return Text("(猫が (魚を 食べる))", "(cats (eat fish))")


def leaves_words(embed: int) -> Text:
    """What the tree starts from."""
    return Text(
        f"3 つの単語は、それぞれ {embed} 個の数のベクトルです。木に沿って、2 つずつ 1 つにまとめます。",
        f"Each of the three words is a vector of {embed} numbers. Along the tree two at a time become one.",
    )


def parent_words(left: bool, is_root: bool, embed: int) -> Text:
    """One join."""
    if not is_root:
        ja, en = ("w1 と w2", "w1 and w2") if left else ("w2 と w3", "w2 and w3")
        return Text(
            f"{ja} をつなぐと {2 * embed} 個。W（{embed}×{2 * embed}）を掛けると、親 p1 はまた {embed} 個です。",
            f"{en} end to end make {2 * embed}; W, {embed}×{2 * embed}, turns them into {embed} again.",
        )
    ja, en = ("p1 と w3", "p1 and w3") if left else ("w1 と p1", "w1 and p1")
    return Text(
        f"{ja} も、同じ W でまとめます。形が子と同じなので、何段でも繰り返せます。",
        f"{en} are joined by the same W. A parent is shaped like a child, so this can go on.",
    )


def order_words(joined: float, others: float) -> Text:
    """What a swap does."""
    return Text(
        f"左右の 2 語を入れ替えると、つないだときの根は {100 * joined:.0f} % 動きます。"
        f"W の幅を合わせても、ほかの 3 つは {others:g} です。",
        f"Swapping the two words moves the root by {100 * joined:.0f} % if they are concatenated. "
        f"The other ways, with a W that fits, move it by {others:g}.",
    )


def shapes_words(embed: int) -> Text:
    """Which ways fit W."""
    return Text(
        f"W の列は {2 * embed} 本。l と r をつないだときだけ {2 * embed} 個になり、W を掛けられます。",
        f"W has {2 * embed} columns. Only l and r end to end have {2 * embed} entries, so that W can be applied.",
    )


def claim_words(claim: Claim) -> Text:
    """What is wrong with somebody's way of joining."""
    if claim.lr is None or (claim.problem is not None and claim.order is None):
        why = claim.problem or Text("", "")
        return Text(f"あなたの式は使えません。{why.ja}", f"Yours cannot be used. {why.en}")
    lost = _lost_words(claim)
    if claim.problem is not None:
        return Text(
            f"{claim.problem.ja}{'W の形を合わせれば動きますが、' + lost.ja if lost else ''}",
            f"{claim.problem.en}{' With a W that fits, ' + lost.en if lost else ''}",
        )
    if claim.same:
        return Text("あなたの式でも、同じ根になります。", "Yours leads to the same root.")
    if lost:
        return Text(
            f"形 {shape(claim.lr)} は W に合いますが、{lost.ja}", f"The shape {shape(claim.lr)} fits W, but {lost.en}"
        )
    return Text(
        f"形 {shape(claim.lr)} は W に合いますが、W の列に当たる数が違い、別の根になります。",
        f"The shape {shape(claim.lr)} fits W, but other numbers meet its columns, and the root is another.",
    )


def _lost_words(claim: Claim) -> Text:
    """Which words or what order never reaches the root."""
    if claim.unread:
        ja, en = "、".join(f"w{place}" for place in claim.unread), " and ".join(f"w{place}" for place in claim.unread)
        reach = "reach" if len(claim.unread) > 1 else "reaches"
        return Text(f"{ja} は根に届きません。", f"{en} never {reach} the root.")
    if claim.order is not None and claim.order < SLIGHT:
        return Text(
            "左右を入れ替えても根が同じで、語順が消えます。",
            "swapping left and right changes nothing: the order is lost.",
        )
    return Text("", "")
