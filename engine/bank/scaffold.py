# ruff: noqa: E501  (a bank's lines are as long as its sentences)
"""A first bank to write on: one example of each kind, valid as it stands, with remarks in the author's language."""

import re

from sims.text import Language

_REMARK = re.compile(r"#\[(?P<ja>.*?) \| (?P<en>.*?)\]")


def scaffold(topic: str, language: Language, schema: str) -> str:
    """The text of a bank for ``topic`` whose editor finds the schema at ``schema``."""
    text = _REMARK.sub(lambda remark: f"# {remark[language]}", _BANK)
    return text.replace("TOPIC", topic).replace("SCHEMA", schema)


_BANK = """\
# yaml-language-server: $schema=SCHEMA
topic: TOPIC
title: {ja: 私の単元, en: My topic}
questions:
  #[大きさを答える問題。vary の先頭の値が元の問題で、ほかの値がドリルの変化形です。 | Sizes. The first values of vary are the original question; the others make the drill.]
  - id: TOPIC-size                #[一度決めたら変えない（学習の記録がここにつながります） | never change it: the history hangs on it]
    kind: shape
    vary: {n: [6, 5, 8, 28], k: [3, 2, 5]}
    where: k < n
    ask:
      ja: 入力 {n}×{n} に {k}×{k} のフィルタをストライド 1 で畳み込みます。出力の大きさは？
      en: A filter of {k}×{k} runs over an input of {n}×{n} with stride 1. How large is the output?
    answer: [n - k + 1, n - k + 1]
    mistakes:                     #[よくある間違いには名前をつけます | wrong answers that people really give]
      - id: one-forgotten
        answer: [n - k, n - k]
        why: {ja: 最後に 1 を足し忘れています。, en: The final + 1 is missing.}
        evidence: {ja: "窓は {n - k} 回動き、{n - k + 1} か所に止まります。", en: "It moves {n - k} times and stops {n - k + 1} times."}
    explain: {ja: "窓は 1 辺に {n - k + 1} か所置けます。", en: "Along each side there are {n - k + 1} places."}
    sim: {name: convolution, with: {size: n, kernel: k, stride: "1", padding: "0", claim: $answer}}
    proof: {sim: output_shape}    #[シミュレーションの測定が正解と一致すること | what the simulation measures must equal the key]
    accept: [4x4, ４×４]           #[正解になる答え（全角も 1 つ） | answers that are right, one in full width]
    reject: [3x3, 6x6]            #[不正解になる答え | answers that are wrong]

  #[数を答える問題 | A number.]
  - id: TOPIC-count
    kind: number
    vary: {H: [20, 8], I: [10, 4]}
    ask:
      ja: 入力 {I}、隠れ層 {H} の RNN の重みは全部でいくつですか（バイアスは除く）。
      en: How many weights has an RNN with {I} inputs and {H} hidden units, biases aside?
    answer: H*(I + H)
    unit: {ja: 個, en: weights}
    explain: {ja: 入力から H×I、隠れ層から H×H です。, en: "H×I from the input, H×H from the hidden layer."}
    sim: {name: parameters, with: {net: rnn, inputs: I, hidden: H}}
    proof: {count: {W: H*I, U: H*H}}   #[この形の配列を作って数えます | arrays of these shapes are made and counted]
    accept: ["600", ６００]
    reject: ["200", "400"]

  #[選ぶ問題。選択肢は混ぜて出るので、位置（「上の」など）には触れません。 | A choice. Options are shuffled, so none is "the first".]
  - id: TOPIC-choice
    kind: choice
    ask: {ja: LSTM で、古いセルの値に掛かるゲートはどれですか。, en: Which gate of an LSTM multiplies the old cell state?}
    options:
      - {id: forget, right: true, text: {ja: 忘却ゲート, en: The forget gate}}
      - id: input
        text: {ja: 入力ゲート, en: The input gate}
        why: {ja: それは新しい候補に掛かります。, en: That one multiplies the new candidate.}
      - id: output
        text: {ja: 出力ゲート, en: The output gate}
        why: {ja: それはセルから外へ出る値に掛かります。, en: That one multiplies what leaves the cell.}
    explain: {ja: 忘却ゲートが 0 なら、古い値は消えます。, en: "At 0 the forget gate erases the old value."}
    sim: {name: forget_gate}
    proof: {none: which gate it is belongs to the definition of an LSTM}   #[計算できない理由 | why nothing can be computed]
    accept: [忘却ゲート, the forget gate]
    reject: [入力ゲート, the output gate]

  #[コードの穴を埋める問題。どの選択肢も実行して確かめます。 | A hole in code. Every option is run.]
  - id: TOPIC-code
    kind: code
    ask: {ja: LSTM のセルを更新する式は？, en: Which expression updates the cell of an LSTM?}
    label: c
    code: |
      c = {hole}
    arrays:
      f: {shape: B x H, values: gate}
      i: {shape: B x H, values: gate}
      a: {shape: B x H}
      c: {shape: B x H}
    options:
      - {id: update, right: true, code: f*c + i*a}
      - {id: swapped, code: i*c + f*a, why: {ja: ゲートが入れ替わっています。, en: The gates are swapped.}}
      - {id: no-forget, code: c + i*a, why: {ja: 忘却ゲートがありません。, en: The forget gate is missing.}}
    explain: {ja: 残す分 f·c に、書き込む分 i·a を足します。, en: "What is kept, f·c, plus what is written, i·a."}
    sim: {name: gates}
    proof: {options: true}
    accept: [f*c + i*a, ｆ*ｃ+ｉ*ａ]
    reject: [i*c + f*a, c + i*a]

  #[式を答える問題。正解は derive から計算されます。 | A formula. Its key is computed from derive.]
  - id: TOPIC-formula
    kind: symbolic
    vary: {outer: [t**2, t**3, exp(t)], inner: [x + y, x*y]}
    ask: {ja: "z = {outer}、t = {inner} のとき、∂z/∂x は？", en: "With z = {outer} and t = {inner}, what is ∂z/∂x?"}
    label: ∂z/∂x
    variables: {x: real, y: real}
    derive: {diff: z, wrt: x, given: {z: "{outer}", t: "{inner}"}}
    mistakes:
      - id: inner-itself
        answer: "{inner}"
        why: {ja: 外側の関数を微分していません。, en: The outer function was not differentiated.}
    explain: {ja: 外側の微分に、内側の微分を掛けます。, en: The outer derivative times the inner one.}
    sim: {name: chain_rule, with: {outer: outer, inner: inner, x: "1", y: "2", claim: $answer}}
    proof: {derivative: true}
    accept: [2(x+y), ２（ｘ＋ｙ）]
    reject: [2x, x+y]

  #[ことばで答える問題。見つかった点に印をつけ、本人が確かめます。 | An answer in words. Points are proposed, the learner confirms them.]
  - id: TOPIC-words
    kind: text
    ask: {ja: 勾配クリッピングは何を防ぎますか。, en: What does gradient clipping prevent?}
    model: {ja: 勾配が大きくなりすぎる勾配爆発を防ぐ。, en: "It prevents exploding gradients, gradients that grow too large."}
    rubric:
      - point: {ja: 勾配爆発, en: exploding gradients}
        ja: [勾配&爆発, 勾配&大きく]   #[& でつないだ語は、すべて要ります | words joined by & must all occur]
        en: [explod&gradient, gradient&large]
        opposite: [勾配消失, vanish]   #[近くにあれば、本人に確かめます | near such a word the learner is asked]
    explain: {ja: ノルムがしきい値を超えたら縮めます。, en: Where the norm exceeds a threshold it is scaled down.}
    sim: {name: gradient_clipping}
    proof: {none: a purpose described in words}
    accept: [勾配の爆発を防ぐ, it stops exploding gradients]
    reject: [計算を速くする, it makes training faster]
"""
