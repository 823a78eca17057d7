"""What the counting of parameters says. Every number is counted."""

from collections.abc import Mapping

from sims.parameters.slips import Counting, Finding, Slip
from sims.text import Text, same

NAMES: Mapping[str, Text] = {
    "rnn": same("RNN"),
    "gru": same("GRU"),
    "lstm": same("LSTM"),
    "peephole": Text("LSTM ＋ 覗き穴", "LSTM, peepholes"),
}
BLOCK_NAMES: Mapping[str, Text] = {
    "h": Text("ただ 1 つのブロック h", "the only block h"),
    "a": Text("新しい内容 a", "the new content a"),
    "i": Text("入力ゲート i", "the input gate i"),
    "f": Text("忘却ゲート f", "the forget gate f"),
    "o": Text("出力ゲート o", "the output gate o"),
    "h_bar": Text("候補 h_bar", "the candidate h_bar"),
    "z": Text("更新ゲート z", "the update gate z"),
    "r": Text("リセットゲート r", "the reset gate r"),
}
ARRAYS: Mapping[str, Text] = {
    "W": Text("W 入力から", "W from x"),
    "U": Text("U 状態から", "U from h"),
    "b": Text("b バイアス", "b bias"),
    "p": Text("p 覗き穴", "p peephole"),
    "sum": Text("計", "sum"),
}
YOURS, SAVED = Text("あなた", "yours"), Text("減る数", "saved")


def block_words(net: str, block: str, sizes: Mapping[str, int], sofar: int) -> Text:
    """One block more."""
    name, own = BLOCK_NAMES[block], sum(sizes.values())
    arrays = " + ".join(f"{size:,}" for size in sizes.values() if size)
    letters = [kind for kind, size in sizes.items() if size]
    ja = f"{name.ja} の {'、'.join(letters)} は {arrays} = {own:,} 個です。"
    en = f"{name.en[0].upper()}{name.en[1:]} has {arrays} = {own:,} in {', '.join(letters)}."
    if sofar > own:
        return Text(f"{ja}ここまでで {sofar:,} 個。", f"{en} That makes {sofar:,} so far.")
    return Text(ja, en)


def result_words(net: str, inputs: int, hidden: int, totals: Mapping[str, int]) -> Text:
    """The layer in question beside the others."""
    block, lstm, gru = totals["rnn"], totals["lstm"], totals["gru"]
    sides = f"{inputs}·{hidden} + {hidden}² + {hidden}"
    match net:
        case "rnn":
            return Text(
                f"RNN は 1 ブロックで {sides} = {block:,} 個です。LSTM はその 4 倍、GRU は 3 倍です。",
                f"An RNN is one block: {sides} = {block:,}. An LSTM has 4 times as many, a GRU 3 times.",
            )
        case "saved":
            return Text(
                f"LSTM は 4 ブロック、GRU は 3 ブロック。差の 1 ブロックは {lstm - gru:,} 個で、"
                f"LSTM の {100 * (lstm - gru) / lstm:g} % です。",
                f"Four blocks against three: {lstm - gru:,} are saved, {100 * (lstm - gru) / lstm:g} % of the LSTM.",
            )
        case "peephole":
            more, each = totals["peephole"] - lstm, _counted(hidden, "peephole weight", "peephole weights")
            return Text(
                f"覗き穴は 3 つのゲートに {hidden} 個ずつ。LSTM の {lstm:,} 個に {more:,} 個だけ加わります。",
                f"Each of three gates has {each}: only {more:,} more than the LSTM's {lstm:,}.",
            )
        case _:
            times = "3" if net == "gru" else "4"
            other = f"LSTM の {100 * gru / lstm:g} % " if net == "gru" else "RNN の 4 倍"
            other_en = f"{100 * gru / lstm:g} % of an LSTM" if net == "gru" else "4 times an RNN"
            return Text(
                f"{NAMES[net].ja} は {times}({sides}) = {totals[net]:,} 個。同じ幅の{' ' + other}です。",
                f"{NAMES[net].en}: {times}({sides}) = {totals[net]:,}, {other_en} of the same width.",
            )


def claim_words(net: str, right: Counting, claim: int, finding: Finding | None) -> Text:
    """How somebody's number comes out, or by how much it is off."""
    if claim == right.total:
        return Text(f"数えても、あなたの {claim:,} 個と一致します。", f"Counted, it is your {claim:,}.")
    if finding is None:
        off = right.total - claim
        ja, en = ("足りません", "too few") if off > 0 else ("多すぎます", "too many")
        return Text(
            f"数えると {right.total:,} 個です。あなたの {claim:,} 個は {abs(off):,} 個{ja}。",
            f"Counted: {right.total:,}. Your {claim:,} is {abs(off):,} {en}.",
        )
    why = [_slip_words(slip, net, right, finding.counting) for slip in finding.slips]
    ja = "、".join([*(text.ja.removesuffix("た") for text in why[:-1]), why[-1].ja])
    return Text(
        f"あなたの {claim:,} 個は、{ja}数です（数えると {right.total:,} 個）。",
        f"Your {claim:,} {' and '.join(text.en for text in why)} (counted: {right.total:,}).",
    )


def unreadable_words(problem: Text) -> Text:
    """A claim that is no number of parameters."""
    return Text(f"あなたの数は読めません。{problem.ja}", f"Your number cannot be read. {problem.en}")


def _slip_words(slip: Slip, net: str, right: Counting, theirs: Counting) -> Text:
    """Goes on from "your number" and, in Japanese, ends before "number"."""
    H, G = right.hidden, theirs.blocks
    right_parts, parts = right.parts, theirs.parts
    match slip:
        case "blocks":
            return _blocks_words(net, right.blocks, G)
        case "no_bias":
            return Text(f"バイアス {G * H:,} 個が抜けた", f"leaves out {_counted(G * H, 'bias', 'biases')}")
        case "one_bias":
            few = _counted(H, "bias", "biases")
            return Text(f"バイアスを全体で {H} 個だけ数えた", f"counts {few} for all blocks together")
        case "two_biases":
            return Text("バイアスを 1 ブロックに 2 本数えた", "counts two biases a block")
        case "no_recurrent":
            left = G * H * H
            return Text(f"状態からの U、{left:,} 個が抜けた", f"leaves out U, {_counted(left)} of the state")
        case "no_input":
            left = G * right.inputs * H
            return Text(f"入力からの W、{left:,} 個が抜けた", f"leaves out W, {_counted(left)} of the input")
        case "no_peephole":
            return Text(f"覗き穴 {right_parts['p']:,} 個が抜けた", f"leaves out {right_parts['p']:,} peephole weights")
        case "peephole":
            return Text(f"覗き穴 {parts['p']:,} 個まで数えた", f"counts {parts['p']:,} peephole weights as well")
        case _:
            return Text(
                f"覗き穴を {right_parts['p']:,} 個ではなく {parts['p']:,} 個と数えた",
                f"counts {parts['p']:,} peephole weights instead of {right_parts['p']:,}",
            )


def _counted(number: int, one: str = "weight", many: str = "weights") -> str:
    return f"{number:,} {one if number == 1 else many}"


def _blocks_words(net: str, right: int, theirs: int) -> Text:
    plural = "s" * (theirs != 1)
    if net == "saved":
        kept = {
            3: Text("減る数ではなく GRU に残る", "is what the GRU keeps"),
            4: Text("LSTM 全体の", "is the whole LSTM"),
        }
        return kept.get(theirs, Text(f"{theirs} ブロック分の", f"is {theirs} block{plural}, not one"))
    return Text(f"ブロックを {right} つではなく {theirs} つとした", f"counts {theirs} block{plural} instead of {right}")
