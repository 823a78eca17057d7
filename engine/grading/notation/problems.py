"""What can be wrong with the way an answer is written, as data: what to do, and a few words for under the caret.

``{fields}`` are filled in where the problem is found. A refused one is no answer at all; the others cost nothing and
ask the learner to write it differently.
"""

from typing import Final

import msgspec

from sims.text import Text


class Problem(msgspec.Struct, frozen=True):
    """An entry of the catalogue. ``note`` is empty where there is nothing to point at."""

    text: Text
    note: Text
    refused: bool = False


_STOP = Text("ここで止まりました", "reading stopped here")

CATALOGUE: Final[dict[str, Problem]] = {
    # no answer at all
    "too-large": Problem(
        Text("式が大きすぎます。{what}は {cap} までです。", "The expression is too large: at most {cap} {what}."),
        _STOP,
        refused=True,
    ),
    "control": Problem(
        Text(
            "答えとして読める文字だけを入れてください。",
            "Please type an answer only: this has invisible control characters.",
        ),
        _STOP,
        refused=True,
    ),
    "code": Problem(
        Text("プログラムではなく、式だけを入れてください。", "Please type a formula only, not program code."),
        _STOP,
        refused=True,
    ),
    # nothing, or something other than one expression
    "empty": Problem(Text("まだ空欄です。わからなければ F3。", "Still empty. F3 if you don't know."), Text("", "")),
    "equals": Problem(
        Text(
            "= は使えません。求める式だけを書いてください。", "Leave out the = and write only the expression asked for."
        ),
        Text("= は読めません", "no = here"),
    ),
    "relation": Problem(
        Text("{sign} は使えません。式を 1 つだけ書いてください。", "{sign} is not read here. Write one expression."),
        Text("{sign} は読めません", "{sign} is not read"),
    ),
    "comma": Problem(
        Text(
            "コンマは関数の引数の区切りにだけ使えます。答えは 1 つだけ書いてください。",
            "A comma only separates the arguments of a function. Write one answer.",
        ),
        Text("このコンマは読めません", "cannot read this comma"),
    ),
    "decimal-comma": Problem(
        Text(
            "小数点には . を使い、桁区切りは入れずに書いてください（{meant}）。",
            "Use . for decimals and no separator for thousands: {meant}.",
        ),
        Text("小数点ですか、桁区切りですか", "decimal point or thousands?"),
    ),
    "japanese": Problem(
        Text(
            "言葉ではなく、数・文字・+ − * / ^ ( ) で式を書いてください。",
            "Write a formula with numbers, letters and + − * / ^ ( ), not words.",
        ),
        Text("ここは式として読めません", "this is not a formula"),
    ),
    "differential": Problem(
        Text(
            "{word} のような微分の記号は使わず、計算した結果の式を書いてください。",
            "Write the result worked out, without derivative signs such as {word}.",
        ),
        Text("計算した式にしてください", "work this out"),
    ),
    "prime": Problem(
        Text(
            "′ は使えません。微分した結果の式を書いてください。", "′ is not read here. Write the derivative worked out."
        ),
        Text("計算した式にしてください", "work this out"),
    ),
    # signs
    "unknown-sign": Problem(
        Text("{sign} は使えません。使える記号は + − * / ^ ( ) です。", "{sign} is not read here. Use + − * / ^ ( )."),
        Text("この記号は読めません", "cannot read this"),
    ),
    "stray-dot": Problem(
        Text(
            ". は小数点にだけ使えます。掛け算は * で書いてください。",
            "A dot is only a decimal point. Write * for a product.",
        ),
        Text("この点は読めません", "cannot read this dot"),
    ),
    "infinity": Problem(
        Text(
            "∞ は答えに使えません。有限の値になる式を書いてください。",
            "∞ is not read here. Write an expression with a finite value.",
        ),
        Text("∞ は読めません", "∞ is not read"),
    ),
    "big-operator": Problem(
        Text(
            "{sign} は読めません。和や積は + や * で書き下してください。",
            "{sign} is not read here. Write sums and products out with + and *.",
        ),
        Text("ここは読めません", "cannot read this"),
    ),
    "command": Problem(
        Text(
            "{command} は読めません。たとえば 2*x や x^2 のように書いてください。",
            "{command} is not read here. Write it like 2*x or x^2.",
        ),
        Text("この命令は読めません", "unknown command"),
    ),
    "root-index": Problem(
        Text("累乗根は x^(1/{index}) のように書いてください。", "Write a root as a power, such as x^(1/{index})."),
        Text("この根号は読めません", "cannot read this root"),
    ),
    "operator-start": Problem(
        Text("{sign} の前に、数か文字が要ります。", "A number or a letter is needed before {sign}."),
        Text("この前が空いています", "nothing before this"),
    ),
    "operator-end": Problem(
        Text(
            "{sign} の後が空いています。続きを書くか、{sign} を消してください。",
            "Nothing follows {sign}. Write what does, or remove it.",
        ),
        Text("この続きがありません", "something is missing here"),
    ),
    "two-operators": Problem(
        Text(
            "{first} と {second} が並んでいます。間に数か文字を書くか、片方を消してください。",
            "{first} and {second} stand side by side. Put something between them, or remove one.",
        ),
        Text("ここに数か文字が要ります", "something is missing here"),
    ),
    "power-without-base": Problem(
        Text("指数の前に、数か文字が要ります。", "An exponent needs something before it."),
        Text("何の累乗ですか", "a power of what?"),
    ),
    "scientific": Problem(
        Text(
            "{typed} は 2 通りに読めます。{decimal} か {product} のどちらかで書いてください。",
            "{typed} can be read in two ways. Write {decimal} or {product}.",
        ),
        Text("どちらですか", "which one?"),
    ),
    "mixed-number": Problem(
        Text(
            "{typed} は 2 通りに読めます。+ か * を入れてください。",
            "{typed} can be read in two ways. Put + or * in between.",
        ),
        Text("+ ですか、* ですか", "+ or *?"),
    ),
    # brackets
    "unclosed": Problem(
        Text(
            "かっこが閉じていません。最後に {closing} を足してください。",
            "A bracket is open. Add {closing} at the end.",
        ),
        Text("ここで {closing} が足りません", "{closing} is missing here"),
    ),
    "stray-close": Problem(
        Text(
            "閉じかっこ {closing} が余っています。消すか、対応する {opening} を足してください。",
            "There is one {closing} too many. Remove it, or add the {opening} it belongs to.",
        ),
        Text("{closing} が余っています", "{closing} too many"),
    ),
    "mismatch": Problem(
        Text(
            "{opening} で開いたかっこは {closing} で閉じてください。",
            "A bracket opened with {opening} closes with {closing}.",
        ),
        Text("ここは {closing} です", "{closing} belongs here"),
    ),
    "empty-brackets": Problem(
        Text("かっこの中に式を書いてください。", "Write something between the brackets."),
        Text("中が空です", "nothing inside"),
    ),
    # values and names
    "side-by-side": Problem(
        Text(
            "{left} と {right} が並んでいます。掛け算なら * を入れてください。",
            "{left} and {right} stand side by side. Put * between them if you mean a product.",
        ),
        Text("ここに記号が要ります", "a sign is missing here"),
    ),
    "nearest-name": Problem(
        Text("{word} という文字はありません。{name} のことですか。", "There is no {word} here. Did you mean {name}?"),
        Text("{name} ですか", "{name}?"),
    ),
    "unknown-name": Problem(
        Text("{word} は使えません。使える文字は {names} です。", "{word} is not known here. The names are {names}."),
        Text("この文字は使えません", "unknown name"),
    ),
    "no-names": Problem(
        Text(
            "{word} は使えません。この答えは数だけで書けます。",
            "{word} is not known here. Numbers are enough for this answer.",
        ),
        Text("この文字は使えません", "unknown name"),
    ),
    "digit-after-name": Problem(
        Text(
            "{word} は {name}^{digits} ですか、{name}*{digits} ですか。記号を入れてください。",
            "Is {word} meant as {name}^{digits} or {name}*{digits}? Put the sign in.",
        ),
        Text("^ か * を入れてください", "^ or *?"),
    ),
    "ambiguous-word": Problem(
        Text(
            "{word} は 2 通りに読めます。* で区切ってください。",
            "{word} can be read in two ways. Put * between its parts.",
        ),
        Text("* で区切ってください", "put * in between"),
    ),
    # functions
    "unknown-function": Problem(
        Text(
            "{word} という関数はありません。掛け算なら {word} の後に * を入れ、使える文字（{names}）で書いてください。",
            "There is no function {word}. For a product put * after it, and use the names {names}.",
        ),
        Text("この関数はありません", "unknown function"),
    ),
    "function-without-argument": Problem(
        Text(
            "{function} の中身がありません。{function}(…) のようにかっこで書いてください。",
            "{function} has no argument. Write it in brackets: {function}(…).",
        ),
        Text("ここに ( が要ります", "( is missing here"),
    ),
    "function-argument": Problem(
        Text(
            "{function} がどこまでにかかるのかわかりません。{function}(…) のようにかっこで囲んでください。",
            "How far does {function} reach? Put its argument in brackets: {function}(…).",
        ),
        Text("どこまでが {function} の中身ですか", "does {function} reach this far?"),
    ),
    "inverse-function": Problem(
        Text(
            "{function}^-1 は 2 通りに読めます。{inverse} か 1/{function}(…) のどちらかで書いてください。",
            "{function}^-1 can be read in two ways. Write {inverse} or 1/{function}(…).",
        ),
        Text("逆関数ですか、逆数ですか", "inverse or reciprocal?"),
    ),
    "negative-function-power": Problem(
        Text(
            "{function}^-1 は 2 通りに読めます。逆数なら 1/{function}(…) と書いてください。",
            "{function}^-1 can be read in two ways. Write 1/{function}(…) for the reciprocal.",
        ),
        Text("逆関数ですか、逆数ですか", "inverse or reciprocal?"),
    ),
    "arity": Problem(
        Text("{function} の引数は {count} 個です。", "{function} takes {count}."),
        Text("引数の数が合いません", "wrong number of arguments"),
    ),
}
