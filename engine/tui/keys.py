"""Every key of the app: its id, its keys and its words, in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding

from sims.text import Text

# How Textual's names are written for people.
WRITTEN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "⌫",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "plus": "+",
    "minus": "−",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "comma": ",",
    "underscore": "_",
    "full_stop": ".",
}
BY_DIGIT = Text("数字で選ぶ", "choose by its digit")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is bound and as it is shown.

    ``keys`` are Textual key names, the first one shown as ``shown``; ``action`` is the screen's action. A learner
    remaps it by its ``name``: one name means the same on every screen.
    """

    action: str
    keys: str
    shown: str
    words: Text
    id: str = ""

    @property
    def name(self) -> str:
        """The id under which the settings know it."""
        return self.id or self.action.removeprefix("app.").replace("_", "-")

    def binding(self, action: str = "", priority: bool = False) -> Binding:
        """The binding; ``action`` where a screen means something of its own by the same key."""
        words = self.words
        # Textual has one description a binding: the other language goes where it keeps longer words.
        return Binding(
            self.keys, action or self.action, words.en, show=False, priority=priority, tooltip=words.ja, id=self.name
        )


def written(key: str) -> str:
    """One key as people write it: ``F2``, ``Esc``, ``^p``, ``s``."""
    if key in WRITTEN:
        return WRITTEN[key]
    for prefix, mark in (("ctrl+", "^"), ("shift+", "⇧")):
        if key.startswith(prefix):
            return mark + written(key.removeprefix(prefix))
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def shown(key: Key, keymap: Mapping[str, str]) -> str:
    """What stands on the screen for ``key``: the learner's own first key, or its usual one."""
    own = keymap.get(key.name) if key.action else None
    return written(own.split(",")[0].strip()) if own else key.shown


def digits(action: str, last: int = 9) -> Iterable[Binding]:
    """Bindings of the digits 1 to ``last``, full width too; ``{digit}`` in ``action`` is the digit."""
    for digit in range(1, last + 1):
        keys = f"{digit},{chr(0xFF10 + digit)}"
        told = action.format(digit=digit)
        yield Binding(keys, told, BY_DIGIT.en, show=False, tooltip=BY_DIGIT.ja, id=f"digit-{digit}")


def pick(options: int) -> Key:
    """The digits that answer one of so many options."""
    return Key("go", "enter", f"1–{options}", Text("選んで答える", "answer"))


INTERRUPT = Key("app.quit", "ctrl+c", "^c", Text("終了", "quit"), "interrupt")
SWITCH = Key("app.switch_language", "ctrl+l", "^l", Text("English", "日本語"), "language")
DOWN = Key("move(1)", "down,j,ｊ", "↓", Text("下へ", "down"), "down")
UP = Key("move(-1)", "up,k,ｋ", "↑", Text("上へ", "up"), "up")
GO = Key("go", "enter", "Enter", Text("進む", "go on"))
CLOSE = Key("back", "enter,q,ｑ,question_mark,？,f1", "Enter", Text("閉じる", "close"), "close")
ANSWER = Key("go", "enter", "Enter", Text("答える", "answer"))
NEXT = Key("go", "enter", "Enter", Text("次へ", "next"))
AGAIN = Key("go", "enter", "Enter", Text("もう一度", "try again"))
CONFIRM = Key("go", "enter", "Enter", Text("これで確定", "confirm"))
HINT = Key("hint", "f2,h,ｈ", "F2", Text("ヒント", "hint"))
GIVE_UP = Key("give_up", "f3,0,０", "F3", Text("わからない", "don't know"))
SKIP = Key("skip", "f4", "F4", Text("あとで", "later"))
STOP = Key("stop", "escape", "Esc", Text("中断", "stop"))
BACK = Key("back", "escape", "Esc", Text("戻る", "back"))
LOOK = Key("look", "s,ｓ", "s", Text("のぞく", "look inside"))
UNDO = Key("undo", "u,ｕ", "u", Text("取り消す", "undo"))
UNSURE = Key("unsure", "m,ｍ", "m", Text("迷った", "unsure"))
TICK = Key("", "", "1–9", Text("直す", "change"))
HELP = Key("help", "f1,question_mark,？", "F1", Text("ヘルプ", "help"))
HELP_LETTER = Key("help", "question_mark,？,f1", "?", HELP.words)
HOW_TO = Key("help", "f1,question_mark,？", "F1", Text("書き方", "how to write"))
START = Key("start", "enter", "Enter", Text("はじめる", "start"))
OPEN_ITEM = Key("start", "enter", "Enter", Text("開く", "open"))
CHOOSE = Key("", "", "↑↓", Text("選ぶ", "choose"))
QUIT = Key("app.quit", "q,ｑ", "q", Text("終了", "quit"))
LANGUAGE = Key("app.switch_language", "l,ｌ", "l", Text("English", "日本語"))
COLOURS = Key("app.switch_theme", "c,ｃ", "c", Text("配色", "colours"))
DRILL = Key("drill", "d,ｄ", "d", Text("ドリル", "Drill"))
LAB = Key("lab", "s,ｓ", "s", Text("シミュレーション", "Simulations"))
PAUSE = Key("pause", "space", "Space", Text("止める", "pause"))
PLAY = Key("pause", "space", "Space", Text("再生", "play"))
STEP = Key("", "", "← →", Text("コマ送り", "step"))
CHANGE = Key("", "", "Tab +−", Text("条件", "change"))
FULL = Key("full_size", "z,ｚ", "z", Text("大きく", "enlarge"))
COMPARE = Key("compare", "v,ｖ", "v", Text("並べる", "compare"))
PRACTISE = Key("practise", "d,ｄ", "d", Text("関連する問題を解く", "questions on this"))
ZOOM = Key("", "", "+ −", Text("拡大・縮小", "zoom"))
PAN = Key("", "", "← → ↑ ↓", Text("動かす", "move"))
WHOLE = Key("", "", "r", Text("全体", "all of it"))
RESTART = Key("restart", "r,ｒ", "r", Text("最初から", "restart"))
NEXT_QUESTION = Key("next", "enter", "Enter", Text("次の問題", "next"))
RETRY = Key("retry", "enter", "Enter", Text("もう一度", "again"))
OPEN = Key("open", "enter", "Enter", Text("のぞく", "look inside"))
MARK = Key("take", "space", "Space", Text("選ぶ・外す", "take or leave"))
ALL = Key("all", "a,ａ", "a", Text("全部", "all"))
ORDER = Key("order", "o,ｏ", "o", Text("順番", "order"))
HOME = Key("back", "escape", "Esc", Text("ホーム", "home"))
FINISH = Key("back", "enter", "Enter", Text("ホームへ", "home"), "finish")
EXAM = Key("exam", "e,ｅ", "e", Text("模擬試験", "Mock exam"))
DIGITS = Key("", "", "1–4", Text("選ぶ", "choose"))
TAKE = Key("go", "enter", "Enter", Text("決めて次へ", "take and go on"))
FLAG = Key("flag", "f,ｆ", "f", Text("印", "flag"))
OVERVIEW = Key("overview", "o,ｏ", "o", Text("一覧", "overview"))
BACK_AND_FORTH = Key("", "", "← →", Text("前後", "back, forth"))
LEAVE = Key("back", "escape", "Esc", Text("中断", "leave"))
GO_THERE = Key("go", "enter", "Enter", Text("この問題へ", "go there"))
HAND_IN = Key("hand_in", "e,ｅ", "e", Text("提出", "hand in"))
ANEW = Key("anew", "x,ｘ", "x", Text("新しく始める", "start anew"))
LAST_REPORT = Key("report", "r,ｒ", "r", Text("前回の結果", "last report"))
SEE = Key("go", "enter", "Enter", Text("問題を見る", "see the question"))
STEP_BACK = Key("step(-1)", "left", "←", Text("1 コマ戻る", "one frame back"), "step-back")
STEP_ON = Key("step(1)", "right", "→", Text("1 コマ進む", "one frame on"), "step-on")
NEXT_SETTING = Key("choose(1)", "tab", "Tab", Text("次の条件", "next setting"), "next-setting")
LAST_SETTING = Key("choose(-1)", "shift+tab", "⇧Tab", Text("前の条件", "previous setting"), "previous-setting")
MORE = Key("change(1)", "plus,＋,=", "+", Text("増やす", "more"), "more")
LESS = Key("change(-1)", "minus,－,ー,underscore", "−", Text("減らす", "less"), "less")
SLOWER = Key("pace(0.5)", "less_than_sign,comma,＜", "<", Text("ゆっくり", "slower"), "slower")
FASTER = Key("pace(2)", "greater_than_sign,full_stop,＞", ">", Text("速く", "faster"), "faster")
ORDER_BACK = Key("order(-1)", "left", "←", Text("前の順番", "previous order"), "order-back")
ORDER_ON = Key("order(1)", "right", "→", Text("次の順番", "next order"), "order-on")
ZOOM_IN = Key("zoom('in')", "plus,＋,=", "+", Text("拡大", "zoom in"), "more")
ZOOM_OUT = Key("zoom('out')", "minus,－,ー", "−", Text("縮小", "zoom out"), "less")
SHRINK = Key("back", "enter,z,ｚ", "z", Text("元の大きさ", "back to size"), "shrink")
NO_ANSWER = Key("clear", "backspace,0,０", "0", Text("答えを消す", "no answer"), "clear")
TURN_ON = Key("turn(1)", "right,n,ｎ", "→", Text("次の問題", "next question"), "turn-on")
TURN_BACK = Key("turn(-1)", "left,p,ｐ", "←", Text("前の問題", "previous question"), "turn-back")
RIGHT = Key("move(1)", "right,l,ｌ", "→", Text("右へ", "right"), "right")
LEFT = Key("move(-1)", "left,h,ｈ", "←", Text("左へ", "left"), "left")
CLOSE_OVERVIEW = Key("back", "o,ｏ", "o", Text("閉じる", "close"), "overview")
PLAN = Key("plan", "p,ｐ", "p", Text("計画", "Plan"))
EXAM_DAY = Key("exam_day", "e,ｅ,x,ｘ", "e", Text("試験日", "exam day"))
SET_EXAM_DAY = Key("start", "enter", "Enter", Text("試験日を決める", "set the exam day"))
MINUTES = Key("", "", "+ −", Text("1 日の分数", "minutes a day"))
MORE_MINUTES = Key("minutes(1)", "plus,＋,=", "+", Text("5 分増やす", "5 min more"), "more")
FEWER_MINUTES = Key("minutes(-1)", "minus,－,ー,underscore", "−", Text("5 分減らす", "5 min less"), "less")
SAVE = Key("start", "enter", "Enter", Text("決める", "set"))
CANCEL = Key("back", "escape", "Esc", Text("やめる", "cancel"))
NEXT_IN_FILE = Key("skip", "f4", "F4", Text("次の問題", "next question"), "skip")
OTHER_VALUES = Key("values", "f6", "F6", Text("別の値", "other values"))
CLOSE_PREVIEW = Key("stop", "escape", "Esc", Text("閉じる", "close"), "stop")
SETTINGS = Key("settings", "o,ｏ", "o", Text("設定", "Settings"))
VALUE_ON = Key("value(1)", "right,enter,space,l,ｌ", "→", Text("次の値", "next value"), "value-on")
VALUE_BACK = Key("value(-1)", "left,h,ｈ", "←", Text("前の値", "previous value"), "value-back")
CHANGE_VALUE = Key("value(1)", "enter", "← →", Text("変える", "change"), "value-on")
STATS = Key("stats", "t,ｔ", "t", Text("統計", "Statistics"))
PAGE_DOWN = Key("page(1)", "pagedown,space", "PgDn", Text("1 画面下へ", "a page down"), "page-down")
PAGE_UP = Key("page(-1)", "pageup", "PgUp", Text("1 画面上へ", "a page up"), "page-up")
DRILL_THIS = Key("start", "enter", "Enter", Text("この単元を解く", "drill this topic"))
GUESSED = Key("guessed", "g,ｇ", "g", Text("あてずっぽう", "I guessed"))
NOT_GUESSED = Key("guessed", "g,ｇ", "g", Text("わかっていた", "I did know"))
SAY_SURE = Key("sure", "f5", "F5", Text("自信", "sure?"))
IS_SURE = Key("sure", "f5", "F5", Text("自信あり", "sure"))
IS_UNSURE = Key("sure", "f5", "F5", Text("自信なし", "unsure"))
