"""A bank without fault, for tests to break."""

import textwrap
from pathlib import Path

from engine.bank.problems import Problem
from engine.bank.survey import survey

GOOD = textwrap.dedent(
    """\
    topic: sample
    title: {ja: 見本, en: Sample}
    questions:
      - id: size
        kind: shape
        vary: {n: [5, 6], k: [3]}
        ask: {ja: "{n} と {k} は？", en: "{n} and {k}?"}
        answer: [n - k + 1, n - k + 1]
        mistakes:
          - id: none-added
            answer: [n - k, n - k]
            why: {ja: 1 を忘れています。, en: The 1 is missing.}
        explain: {ja: 数えます。, en: Count.}
        sim: {name: convolution, with: {size: n, kernel: k, stride: "1", padding: "0", claim: $answer}}
        proof: {sim: output_shape}
        accept: [3x3]
        reject: [2x2]
      - id: pick
        kind: choice
        ask: {ja: どれ？, en: Which one.}
        options:
          - {id: a, text: {ja: あ, en: A}, right: true}
          - {id: b, text: {ja: い, en: B}, why: {ja: 違います。, en: No.}}
        explain: {ja: あ です。, en: It is A.}
        sim: {name: cec}
        proof: {none: a definition}
        accept: [A]
        reject: [B]
      - id: gates
        kind: code
        ask: {ja: 式は？, en: The expression.}
        label: c
        code: c = {hole}
        arrays: {a: {shape: B x H}, b: {shape: B x H}}
        options:
          - {id: product, code: a*b, right: true}
          - {id: total, code: a + b, why: {ja: 足しています。, en: That adds.}}
        explain: {ja: 掛けます。, en: Multiply.}
        sim: {name: cec}
        proof: {options: true}
        accept: [a*b]
        reject: [a+b]
      - id: slope
        kind: symbolic
        ask: {ja: 微分は？, en: The derivative.}
        label: dz/dx
        variables: {x: real, y: real}
        derive: {diff: z, wrt: x, given: {z: t**2, t: x + y}}
        mistakes:
          - {id: inner, answer: 2*x, why: {ja: 内側が違います。, en: The inner part is wrong.}}
        explain: {ja: 連鎖律です。, en: The chain rule.}
        sim: {name: chain_rule, with: {claim: $answer}}
        proof: {derivative: true}
        accept: [2(x+y)]
        reject: [2x]
      - id: words
        kind: text
        ask: {ja: なぜ？, en: Why so.}
        model: {ja: 消えるから。, en: Because it fades.}
        rubric:
          - {point: {ja: 消える, en: fades}, ja: [消え], en: [fade]}
        explain: {ja: 消えます。, en: It fades.}
        sim: {name: cec}
        proof: {none: a purpose}
        accept: [消えるから, it fades]
        reject: [増えるから]
    """
)


def problems_of(*paths: Path) -> list[Problem]:
    """Everything that is wrong with the banks in ``paths``."""
    return list(survey(paths).problems)
