"""The words that more than one front says, in both languages; among them why the system refused a file."""

import errno

from engine.grading.verdict import Outcome
from sims.text import Text

MARKS: dict[Outcome, Text] = {
    "correct": Text("〇", "✓"),
    "wrong": Text("✘", "✘"),
    "partial": Text("∆", "∆"),
    "unreadable": Text("?", "?"),
    "refused": Text("?", "?"),
}
OUTCOMES: dict[Outcome, Text] = {
    "correct": Text("正解", "Correct"),
    "wrong": Text("不正解", "Incorrect"),
    "partial": Text("部分点", "Partly"),
    "unreadable": Text("読み取れません", "Could not read this"),
    "refused": Text("受け付けられません", "Not accepted"),
}
NOT_GRADED = Text("採点していません", "not graded")
KEY_IS = Text("正解は", "answer")
FOR_EXAMPLE = Text("たとえば", "For example")
EXAMPLE = Text("例", "e.g.")
READ_AS = Text("読み取り", "read as")
EMPTY = Text("まだ空欄です。わからなければ F3。", "Still empty. F3 if you don't know.")
NO_HINT = Text("この問題にヒントはありません。", "There is no hint for this question.")
NOTE = Text("補足", "Note")
MODEL_ANSWER = Text("模範解答", "Model answer")
UNSURE = Text("迷いながら", "unsure")
FIX_TICKS = Text(
    "模範解答と見比べて、数字で直してください。", "Compare with the model answer; digits change the ticks."
)
IME_ON = Text("日本語入力を切ってください。", "Please turn the input method off.")
GRADING = Text("採点しています…", "Grading…")
GUESSED = Text("あてずっぽうと記録しました。近いうちにもう一度出します。", "Noted as a guess: it comes again soon.")
KNOWN = Text("わかっていた答えとして数えます。", "It counts as known.")
TAKEN_BACK = Text("取り消しました。", "Taken back.")
NOTHING_DUE = Text("今日の分は終わりました。", "Done for today.")
MORE_BELOW = Text("↓ つづき", "↓ more")
INSIDE_SOON = Text("答えると、ここに中が見えます", "Answer, and look inside here")
TOO_SMALL = Text("画面をもう少し広げてください（40×15 以上）。", "Please make the terminal larger (at least 40×15).")


def right_of(right: int, total: int) -> Text:
    """The score in words."""
    return Text(f"{total} 問中 {right} 問 正解", f"{right} of {total} right")


def next_review(days: int, count: int) -> Text:
    """When the next review is, and how large."""
    ja = "今日" if days == 0 else "明日" if days == 1 else f"{days} 日後"
    en = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return Text(f"次の復習は {ja} {count} 問です。", f"Next review: {en}, {count} question{'s' if count != 1 else ''}.")


_REASONS = {
    errno.ENOENT: "ファイルかフォルダがありません",
    errno.EACCES: "権限がありません",
    errno.EPERM: "権限がありません",
    errno.EISDIR: "フォルダです",
    errno.ENOTDIR: "パスの途中がフォルダではありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENOSPC: "空き容量がありません",
}


def reason(error: OSError) -> Text:
    """Why the system refused a file, without a full stop; the rarer reasons in its own words."""
    said = error.strerror or type(error).__name__
    return Text(_REASONS.get(error.errno or 0, said), said)
